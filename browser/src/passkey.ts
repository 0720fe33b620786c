// Passkeys: a form that carries [data-passkey] asks the phone for one, and is then sent as forms are.
//
// data-passkey="make" with the server's wishes in data-wishes, or "show" with them in data-wishes or at data-ask.

import { hide, show } from "./words.js";

type Wishes = Record<string, unknown>;

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation(); // while the phone asks for a finger, nothing was sent that could be late
    void ask(form);
  });
}

async function ask(form: HTMLFormElement): Promise<void> {
  hide("passkey-stopped");
  hide("no-passkeys");
  if (!("PublicKeyCredential" in window)) {
    show("no-passkeys");
    return;
  }
  try {
    const found = form.dataset["passkey"] === "make" ? await make(await wishesOf(form)) : await find(await wishesOf(form));
    const field = form.querySelector<HTMLInputElement>("input[name=credential]");
    if (field !== null) {
      field.value = JSON.stringify(found);
      form.submit();
    }
  } catch {
    show("passkey-stopped");
  }
}

async function wishesOf(form: HTMLFormElement): Promise<Wishes> {
  const here = form.dataset["wishes"];
  const said = here ? (JSON.parse(here) as Wishes) : ((await (await fetch(form.dataset["ask"] ?? "")).json()) as Wishes);
  return said["publicKey"] as Wishes;
}

async function make(wishes: Wishes): Promise<unknown> {
  const user = wishes["user"] as Wishes;
  const publicKey = {
    ...wishes,
    challenge: bytes(wishes["challenge"]),
    user: { ...user, id: bytes(user["id"]) },
    excludeCredentials: known(wishes["excludeCredentials"]),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return written(made, { attestationObject: text(response.attestationObject), transports: response.getTransports() });
}

async function find(wishes: Wishes): Promise<unknown> {
  const publicKey = {
    ...wishes,
    challenge: bytes(wishes["challenge"]),
    allowCredentials: known(wishes["allowCredentials"]),
  } as unknown as PublicKeyCredentialRequestOptions;
  const found = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = found.response as AuthenticatorAssertionResponse;
  return written(found, {
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: response.userHandle === null ? null : text(response.userHandle),
  });
}

/** As the server reads it: WebAuthn's own JSON. */
function written(credential: PublicKeyCredential, response: Wishes): unknown {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  };
}

function known(list: unknown): PublicKeyCredentialDescriptor[] {
  return ((list ?? []) as Wishes[]).map((one) => ({ ...one, id: bytes(one["id"]) }) as unknown as PublicKeyCredentialDescriptor);
}

function bytes(said: unknown): Uint8Array<ArrayBuffer> {
  const plain = atob(String(said).replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(raw: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(raw));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
