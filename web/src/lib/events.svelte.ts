// The server's events: jobs, what changed, and a tick each five seconds that proves the line.
import { api, root } from './api';
import { problemOf } from './http';
import type { Job, Page } from './types';

const silence = 15_000;

class Events {
  connected = $state(true);
  lastAt = $state(Date.now());
  jobs = $state.raw<Job[]>([]);
  #source: EventSource | null = null;
  #watch = 0;
  #listeners = new Set<{ changes: string[]; handler: () => void }>();
  #waiting = new Map<string, (job: Job) => void>();

  start(): void {
    if (this.#source) return;
    this.#source = new EventSource(`${root}/events`);
    this.#source.addEventListener('tick', () => this.#alive());
    this.#source.addEventListener('open', () => this.#opened());
    this.#source.addEventListener('job', (e) => this.#job(JSON.parse(e.data) as Job));
    this.#source.addEventListener('changed', (e) =>
      this.#changed((JSON.parse(e.data) as { what: string }).what),
    );
    this.#watch = window.setInterval(() => {
      this.connected = Date.now() - this.lastAt < silence;
    }, 1000);
    void this.readJobs().catch(() => {});
  }

  stop(): void {
    this.#source?.close();
    this.#source = null;
    clearInterval(this.#watch);
  }

  onChange(changes: string[], handler: () => void): () => void {
    const it = { changes, handler };
    this.#listeners.add(it);
    return () => this.#listeners.delete(it);
  }

  /** Resolves when the job has ended; a failed one rejects with its problem. */
  async finished(id: string): Promise<Job> {
    const ended = new Promise<Job>((resolve) => this.#waiting.set(id, resolve));
    await this.#readJob(id);
    const job = await ended;
    if (job.state === 'failed') throw problemOfJob(job);
    return job;
  }

  async readJobs(): Promise<void> {
    const page = (await api.get<Page<Job>>('/jobs', { limit: 50 })).body;
    for (const job of page.items) {
      if (job.state === 'queued' || job.state === 'running') this.#job(job);
    }
  }

  forget(id: string): void {
    this.jobs = this.jobs.filter((j) => j.id !== id);
  }

  #opened(): void {
    const was = this.connected;
    this.#alive();
    if (!was) for (const l of this.#listeners) l.handler();
    for (const id of this.#waiting.keys()) void this.#readJob(id).catch(() => {});
  }

  async #readJob(id: string): Promise<void> {
    this.#job((await api.get<Job>(`/jobs/${id}`)).body);
  }

  #alive(): void {
    this.lastAt = Date.now();
    this.connected = true;
  }

  #job(job: Job): void {
    this.#alive();
    const known = this.jobs.some((j) => j.id === job.id);
    const open = job.state === 'queued' || job.state === 'running';
    if (known) this.jobs = this.jobs.map((j) => (j.id === job.id ? job : j));
    else if (open) this.jobs = [...this.jobs, job];
    if (open) return;
    this.#waiting.get(job.id)?.(job);
    this.#waiting.delete(job.id);
    if (known && job.state !== 'failed') setTimeout(() => this.forget(job.id), 4000);
  }

  #changed(what: string): void {
    this.#alive();
    for (const l of this.#listeners) if (l.changes.includes(what)) l.handler();
  }
}

export function problemOfJob(job: Job) {
  return problemOf(500, typeof job.problem === 'string' ? job.problem : JSON.stringify(job.problem ?? {}));
}

export const events = new Events();
