// One way to ask the server. Every failure is a Problem: what, where, code.

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail = '',
    readonly code = '',
    readonly place = '',
    readonly rows: RowProblem[] = [],
    /** The whole answer: what goes along with a refusal. */
    readonly more: Record<string, unknown> = {},
  ) {
    super(detail || title);
  }
}

export interface RowProblem {
  row: number;
  column: string | null;
  text: string;
}

export interface Answer<T> {
  body: T;
  etag: string | null;
}

const notSignedIn = 'K1301';
let token = '';
let bearer = '';
let lost: () => void = () => {};

/** The token of the session, sent with every change against forged requests. */
export function useToken(csrf: string): void {
  token = csrf;
}

/** A token of a program or a screen speaks in place of a session. */
export function useBearer(secret: string): void {
  bearer = secret;
}

/** Called when the server says that nobody is signed in any more. */
export function onSignedOut(handler: () => void): void {
  lost = handler;
}

function acceptLanguage(): string {
  return document.documentElement.lang === 'en' ? 'en, vi;q=0.5' : 'vi, en;q=0.5';
}

export function headers(extra: Record<string, string> = {}): Record<string, string> {
  const who: Record<string, string> = bearer ? { Authorization: `Bearer ${bearer}` } : { 'X-Khien-Token': token };
  return { 'Accept-Language': acceptLanguage(), ...who, ...extra };
}

/** A Problem from whatever the server answered. */
export function problemOf(status: number, text: string): Problem {
  try {
    const p = JSON.parse(text) as Record<string, unknown>;
    const say = (name: string) => (typeof p[name] === 'string' ? (p[name] as string) : '');
    const rows = Array.isArray(p.problems) ? (p.problems as RowProblem[]) : [];
    return new Problem(status, say('title'), say('detail'), say('code'), say('place'), rows, p);
  } catch {
    return new Problem(status, '', text.slice(0, 300));
  }
}

async function send(method: string, path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { method, credentials: bearer ? 'omit' : 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, '', '');
  }
  if (response.ok) return response;
  const problem = problemOf(response.status, await response.text());
  // a wrong password asked for again ends no session
  if (problem.code === notSignedIn) lost();
  throw problem;
}

export async function fetchJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await get<T>(path, signal)).body;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<Answer<T>> {
  const response = await send('GET', path, { headers: headers(), signal });
  return { body: (await response.json()) as T, etag: response.headers.get('ETag') };
}

/** POST, PUT, PATCH or DELETE with a JSON body; null when the answer has none. */
export async function change<T = unknown>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  etag?: string | null,
): Promise<Answer<T>> {
  const extra: Record<string, string> = {};
  if (body !== undefined) extra['Content-Type'] = 'application/json';
  if (etag) extra['If-Match'] = etag;
  const response = await send(method, path, {
    headers: headers(extra),
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { body: (text ? JSON.parse(text) : null) as T, etag: response.headers.get('ETag') };
}

/** A change whose answer is a file: saved under the name the server gives. */
export async function changeToFile(path: string, body: unknown): Promise<void> {
  const response = await send('POST', path, {
    headers: headers({ 'Content-Type': 'application/json' }),
    body: JSON.stringify(body),
  });
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  const said = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition') ?? '');
  link.download = said?.[1] ? decodeURIComponent(said[1]) : 'khien';
  link.click();
  URL.revokeObjectURL(url);
}
