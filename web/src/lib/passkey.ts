// Security keys (WebAuthn): the browser asks the key, the server checks what it said. Bytes travel
// as base64url.
import { Problem } from './http';
import { t } from './text.svelte';

export interface KeyQuestion {
  challenge: string;
  host: string;
  timeout_ms: number;
  known: string[];
}
export interface KeyRequest extends KeyQuestion {
  user: { id: string; login: string; name: string };
  algorithms: number[];
}
export interface KeyAnswer {
  credential: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
}
export interface Passkey {
  id: string;
  name: string;
  host: string;
  here: boolean;
  alone: boolean;
  made_at: number;
  used_at: number | null;
}
export interface PasskeyList {
  items: Passkey[];
  unfit: 'address' | 'insecure' | 'elsewhere' | null;
  password: boolean;
}
/** What may be shown beside the password; goes along with the refusal K1330. */
export interface SecondFactors {
  otp: boolean;
  passkey: KeyQuestion | null;
}

const toText = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const descriptors = (ids: string[]): PublicKeyCredentialDescriptor[] =>
  ids.map((id) => ({ type: 'public-key', id: toBytes(id) }));

export const keysSupported = (): boolean => typeof PublicKeyCredential !== 'undefined';

/** What browsers say of a key is one word for many causes: told in a sentence. */
async function fromKey(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  if (!keysSupported()) throw new Problem(-1, t('passkey.unsupported'), t('passkey.unsupported_todo'));
  try {
    const got = await ask();
    if (got) return got as PublicKeyCredential;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
  throw new Problem(-1, t('passkey.gone'), t('passkey.gone_todo'));
}

/** Asks a key to sign the challenge; `verified`: it must know its owner. */
export async function askKey(question: KeyQuestion, verified: boolean): Promise<KeyAnswer> {
  const got = await fromKey(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: toBytes(question.challenge),
        rpId: question.host,
        timeout: question.timeout_ms,
        allowCredentials: descriptors(question.known),
        userVerification: verified ? 'required' : 'preferred',
      },
    }),
  );
  const said = got.response as AuthenticatorAssertionResponse;
  return {
    credential: toText(got.rawId),
    client_data: toText(said.clientDataJSON),
    authenticator_data: toText(said.authenticatorData),
    signature: toText(said.signature),
  };
}

/** Makes a key for this server in what the person chooses: USB key, this machine, phone. */
export async function makeKey(request: KeyRequest): Promise<{ client_data: string; authenticator_data: string }> {
  const got = await fromKey(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: toBytes(request.challenge),
        rp: { id: request.host, name: t('name') },
        user: {
          id: toBytes(request.user.id),
          name: request.user.login,
          displayName: request.user.name,
        },
        pubKeyCredParams: request.algorithms.map((alg) => ({ type: 'public-key', alg })),
        timeout: request.timeout_ms,
        excludeCredentials: descriptors(request.known),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
        attestation: 'none',
      },
    }),
  );
  const made = got.response as AuthenticatorAttestationResponse;
  // browsers of before 2023 hand out no data that can be read
  if (typeof made.getAuthenticatorData !== 'function') {
    throw new Problem(-1, t('passkey.unsupported'), t('passkey.unsupported_todo'));
  }
  return { client_data: toText(made.clientDataJSON), authenticator_data: toText(made.getAuthenticatorData()) };
}
