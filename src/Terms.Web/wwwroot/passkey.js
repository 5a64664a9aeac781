// Asks the device for a passkey, and sends its answer. A form with `data-passkey` is hidden until this runs in a browser that knows passkeys.

const acts = {
  create: options => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  get: options => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

const known = 'PublicKeyCredential' in window && 'parseCreationOptionsFromJSON' in PublicKeyCredential && 'toJSON' in PublicKeyCredential.prototype;

/** Why there is no answer, in the words of the page. */
const reason = (form, error) =>
  error.name === 'NotAllowedError' ? form.dataset.cancelled : error.name === 'InvalidStateError' ? form.dataset.known : form.dataset.failed;

for (const form of known ? document.querySelectorAll('form[data-passkey]') : []) {
  const said = form.querySelector('[data-said]');
  let asking = false;

  const ask = async () => {
    const answer = await fetch(form.dataset.challenge, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
    const given = await answer.json();
    if (!answer.ok) {
      said.textContent = given.message;
      return;
    }
    form.elements.credential.value = JSON.stringify(await acts[form.dataset.passkey](given));
    if (form.elements.password) form.elements.password.value = ''; // It was shown with the challenge.
    form.submit();
  };

  form.hidden = false;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (asking) return;
    asking = true;
    said.textContent = '';
    try {
      await ask();
    } catch (error) {
      said.textContent = reason(form, error);
    } finally {
      asking = false;
    }
  });
}
