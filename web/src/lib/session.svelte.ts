// Who is signed in, and what this person may do.
import { abilities } from './abilities.svelte';
import { api } from './api';
import { events } from './events.svelte';
import { onSignedOut, Problem, useToken } from './http';
import { askKey, type KeyAnswer, type KeyQuestion } from './passkey';
import type { Role, Session } from './types';

const writers: Role[] = ['clerk', 'officer', 'admin'];
const deciders: Role[] = ['leader', 'admin'];

class Signed {
  now = $state.raw<Session | null>(null);
  known = $state(false);

  get centre(): boolean {
    return this.now?.mode === 'centre';
  }
  get today(): string {
    return this.now?.today ?? '';
  }
  get mayWrite(): boolean {
    return !!this.now && writers.includes(this.now.user.role);
  }
  get mayDecide(): boolean {
    return !!this.now && deciders.includes(this.now.user.role);
  }
  get isAdmin(): boolean {
    return this.now?.user.role === 'admin';
  }

  async open(): Promise<void> {
    onSignedOut(() => this.#take(null));
    const described = abilities.load();
    described.catch(() => {}); // told below, after who it is
    const who = await this.#who();
    await described;
    this.#take(who);
  }

  /** By the one-time link of the address, else by the cookie; null: nobody is signed in. */
  async #who(): Promise<Session | null> {
    const link = /^#link=(.+)$/.exec(location.hash)?.[1];
    if (link) {
      history.replaceState(null, '', location.pathname + location.search);
      return (await api.post<Session>('/session/link', { token: decodeURIComponent(link) })).body;
    }
    try {
      return (await api.get<Session>('/session')).body;
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  }

  async signIn(login: string, password: string, second: { otp?: string; passkey?: KeyAnswer } = {}): Promise<void> {
    this.#take((await api.post<Session>('/session', { login, password, ...second })).body);
  }

  /** By a security key alone. */
  async signInByKey(): Promise<void> {
    const question = (await api.post<KeyQuestion>('/session/passkey')).body;
    this.#take((await api.put<Session>('/session/passkey', await askKey(question, true))).body);
  }

  async signOut(): Promise<void> {
    await api.del('/session');
    this.#take(null);
  }

  async refresh(): Promise<void> {
    this.#take((await api.get<Session>('/session')).body);
  }

  #take(session: Session | null): void {
    this.now = session;
    this.known = true;
    useToken(session?.csrf ?? '');
    if (session && !session.must_change_password && !session.must_set_otp) events.start();
    else events.stop();
  }
}

export const session = new Signed();
