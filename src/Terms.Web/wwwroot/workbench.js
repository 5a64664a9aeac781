// Makes the editor quicker to use: saves while one types, shows the words as they will be read, splits at the caret, takes a quote from marked words. Everything works without it.

const wait = (milliseconds, act) => {
  let timer;
  const later = () => { clearTimeout(timer); timer = setTimeout(act, milliseconds); };
  later.now = () => { clearTimeout(timer); act(); };
  later.stop = () => clearTimeout(timer);
  return later;
};

const body = (form, op) => {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) fields.append(name, value);
  if (op) fields.set('op', op);
  return fields;
};

/** Every form of the page has read what the last save gave. */
const setRevision = revision => document.querySelectorAll('input[name=from]').forEach(field => { field.value = revision; });

for (const form of document.querySelectorAll('form[data-autosave]')) {
  const status = form.querySelector('[data-status]');
  const shown = form.querySelector('[data-shown]');
  const words = form.querySelector('textarea[name=words]');
  const at = form.querySelector('input[name=at]');
  let saving = null; // The save that is on its way.
  let again = false;
  let stopped = false;
  let ended = false; // The session is over: whoever asks again is refused again.
  let saved = body(form).toString();

  const save = async () => {
    if (stopped || ended || body(form).toString() === saved) return;
    if (saving) { again = true; return; }
    if (words && words.value.includes('||')) return; // The clause is about to be split.
    saving = send();
    await saving;
    saving = null;
    if (again) { again = false; save(); }
  };

  const send = async () => {
    const sent = body(form).toString();
    try {
      const answer = await fetch(form.action, { method: 'POST', body: body(form, 'words'), headers: { 'If-Match': `"${form.elements.from.value}"` } });
      ended = answer.status === 403;
      const { revision, message } = await answer.json();
      if (answer.ok) {
        setRevision(revision);
        saved = body(form).toString() === sent.replace(/(^|&)from=\d+/, `$1from=${revision}`) ? body(form).toString() : '';
      } else if (answer.status === 412) {
        stopped = true; // The button leads to both edits.
      }
      status.textContent = message;
    } catch {
      status.textContent = form.dataset.lost;
    }
  };

  const preview = async () => {
    if (ended) return;
    try {
      const answer = await fetch(form.dataset.preview, { method: 'POST', body: body(form) });
      ended = answer.status === 403;
      if (answer.ok) shown.innerHTML = await answer.text();
    } catch {
      // The words stay as they are shown; saving says that the server is gone.
    }
  };

  const [saveLater, previewLater] = [wait(1500, save), wait(300, preview)];
  form.addEventListener('input', () => { saveLater(); previewLater(); });
  form.addEventListener('submit', async event => {
    const button = event.submitter;
    if (button?.value === 'preview') { event.preventDefault(); preview(); return; }
    saveLater.stop();
    if (button?.value === 'split' && words && at && words.selectionStart > 0) at.value = words.selectionStart;
    stopped = true;
    if (!saving) return;
    event.preventDefault(); // Else the form would name the revision before the one that is being saved.
    await saving;
    form.requestSubmit(button);
  });
}

let marked = '';
document.addEventListener('selectionchange', () => {
  const selection = document.getSelection();
  const from = selection.anchorNode;
  const inside = (from instanceof Element ? from : from?.parentElement)?.closest('[data-shown], [data-words]');
  if (inside && selection.toString().trim()) marked = selection.toString().replace(/\s+/g, ' ').trim();
});

for (const button of document.querySelectorAll('[data-pick-quote]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const quote = button.form.querySelector('[data-quote]');
    if (quote && marked) { quote.value = marked; quote.focus(); }
  });
}
