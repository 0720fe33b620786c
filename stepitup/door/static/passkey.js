import { hide, show } from "./words.js";
for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        event.stopPropagation();
        void ask(form);
    });
}
async function ask(form) {
    hide("passkey-stopped");
    hide("no-passkeys");
    if (!("PublicKeyCredential" in window)) {
        show("no-passkeys");
        return;
    }
    try {
        const found = form.dataset["passkey"] === "make" ? await make(await wishesOf(form)) : await find(await wishesOf(form));
        const field = form.querySelector("input[name=credential]");
        if (field !== null) {
            field.value = JSON.stringify(found);
            form.submit();
        }
    }
    catch {
        show("passkey-stopped");
    }
}
async function wishesOf(form) {
    const here = form.dataset["wishes"];
    const said = here ? JSON.parse(here) : (await (await fetch(form.dataset["ask"] ?? "")).json());
    return said["publicKey"];
}
async function make(wishes) {
    const user = wishes["user"];
    const publicKey = {
        ...wishes,
        challenge: bytes(wishes["challenge"]),
        user: { ...user, id: bytes(user["id"]) },
        excludeCredentials: known(wishes["excludeCredentials"]),
    };
    const made = (await navigator.credentials.create({ publicKey }));
    const response = made.response;
    return written(made, { attestationObject: text(response.attestationObject), transports: response.getTransports() });
}
async function find(wishes) {
    const publicKey = {
        ...wishes,
        challenge: bytes(wishes["challenge"]),
        allowCredentials: known(wishes["allowCredentials"]),
    };
    const found = (await navigator.credentials.get({ publicKey }));
    const response = found.response;
    return written(found, {
        authenticatorData: text(response.authenticatorData),
        signature: text(response.signature),
        userHandle: response.userHandle === null ? null : text(response.userHandle),
    });
}
function written(credential, response) {
    return {
        id: credential.id,
        rawId: text(credential.rawId),
        type: credential.type,
        clientExtensionResults: credential.getClientExtensionResults(),
        response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
    };
}
function known(list) {
    return (list ?? []).map((one) => ({ ...one, id: bytes(one["id"]) }));
}
function bytes(said) {
    const plain = atob(String(said).replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
function text(raw) {
    const plain = String.fromCharCode(...new Uint8Array(raw));
    return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
