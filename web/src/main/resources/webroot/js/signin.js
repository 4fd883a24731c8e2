/** Asks for a token where the service wants one. */
import { ask, sentenceOf, troubleOf } from './api.js';
import { el, setText } from './dom.js';
import * as format from './format.js';
import { Session } from './session.js';

async function exchange(token) {
  try {
    const response = await ask('api/v1/session', { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    if (response.ok) return { who: await response.json() };
    if (response.status === 401) return { refused: 'This token is not let in, or not any more.' };
    const words = sentenceOf(await response.text(), response.status);
    return response.status === 403 ? { refused: words } : { trouble: words };
  } catch (failure) {
    // Too many were wrong, or asked at all: that says nothing of this one.
    return { trouble: troubleOf(failure, 'The service does not answer. Try again.').error };
  }
}

function storage() {
  try {
    return globalThis.sessionStorage;
  } catch {
    return null;
  }
}

/**
 * @param roots {place, out}: where the form is, and a button to sign out
 * @param changed is called when the page was signed in or out
 * @returns {session, draw(denied)}
 */
export function signIn({ place, out }, changed) {
  const session = new Session(storage(), exchange);
  const input = el('input', { class: 'text-input', type: 'password', autocomplete: 'off', required: true, spellcheck: false });
  const trouble = el('p', { class: 'sign-in-trouble', role: 'alert' });
  const submit = el('button', { type: 'submit', class: 'button primary', textContent: 'Sign in' });
  const form = el(
    'form',
    { class: 'sign-in', 'aria-label': 'Sign in' },
    el('label', { class: 'alert-field' }, el('span', { textContent: 'Token' }), input),
    submit,
    trouble,
  );
  place.replaceChildren(form);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    submit.disabled = true;
    const done = await session.signIn(input.value);
    submit.disabled = false;
    if (done) input.value = '';
    setText(trouble, done ? '' : (session.error ?? ''));
    if (done) changed();
  });
  out.addEventListener('click', async () => {
    session.forget();
    await fetch('api/v1/session', { method: 'DELETE' }).catch(() => null);
    location.reload();
  });
  return {
    session,
    draw(denied) {
      const asks = denied && !session.hasToken;
      if (place.hidden === asks) {
        place.hidden = !asks;
        if (asks) {
          setText(trouble, session.error ?? '');
          input.focus();
        }
      }
      out.hidden = session.who === null || session.who.open;
      if (!out.hidden) out.title = `Sign out ${format.value(session.who.name, 60)}`;
    },
  };
}
