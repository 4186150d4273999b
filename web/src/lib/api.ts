// The resources of the API, named once.
import { change, get, type Answer } from './http';

export const root = '/api/v1';

export type Query = Record<string, string | number | boolean | null | undefined>;

/** "/api/v1/dispatches?q=..." without the empty ones. */
export function url(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const tail = search.toString();
  return root + path + (tail ? `?${tail}` : '');
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer<T>> =>
    get<T>(url(path, query), signal),
  post: <T>(path: string, body?: unknown) => change<T>('POST', root + path, body),
  put: <T>(path: string, body: unknown, etag?: string | null) => change<T>('PUT', root + path, body, etag),
  patch: <T>(path: string, body: unknown, etag?: string | null) =>
    change<T>('PATCH', root + path, body, etag),
  del: (path: string, etag?: string | null, body?: unknown) => change('DELETE', root + path, body, etag),
};
