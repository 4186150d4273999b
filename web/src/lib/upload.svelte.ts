// Files on their way to the server, with progress. What the server has is a job and survives the
// page; what is still on its way is told before the page is left.
import { url } from './api';
import { headers, Problem, problemOf } from './http';

export interface Sending {
  name: string;
  sent: number;
  total: number;
}

export interface Unsent {
  name: string;
  problem: Problem;
}

class Uploads {
  now = $state<Sending[]>([]);

  constructor() {
    addEventListener('beforeunload', (event) => {
      if (this.now.length) event.preventDefault();
    });
  }

  /** One file after the other; what could not be sent is named and the rest goes on. */
  async sendAll<T>(
    path: string,
    files: File[],
    query: Record<string, string> = {},
  ): Promise<{ sent: T[]; unsent: Unsent[] }> {
    const sent: T[] = [];
    const unsent: Unsent[] = [];
    for (const file of files) {
      try {
        sent.push(await this.send<T>(path, file, query));
      } catch (error) {
        unsent.push({
          name: file.name,
          problem: error instanceof Problem ? error : new Problem(-1, '', String(error)),
        });
      }
    }
    return { sent, unsent };
  }

  /** The raw bytes of a file as the body; the answer of the server. */
  send<T>(path: string, file: File, query: Record<string, string> = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      this.now.push({ name: file.name, sent: 0, total: file.size });
      const entry = this.now[this.now.length - 1]!;
      const end = () => (this.now = this.now.filter((s) => s !== entry));
      const request = new XMLHttpRequest();
      request.open('POST', url(path, { name: file.name.normalize('NFC'), ...query }));
      for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.upload.onprogress = (e) => (entry.sent = e.loaded);
      request.onload = () => {
        end();
        if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as T);
        else reject(problemOf(request.status, request.responseText));
      };
      request.onerror = () => {
        end();
        reject(new Problem(0, '', ''));
      };
      request.send(file);
    });
  }
}

export const uploads = new Uploads();
