/** Signing in. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Session } from '../../main/resources/webroot/js/session.js';

function storageOf(content = {}) {
  return {
    content,
    getItem: (key) => content[key] ?? null,
    setItem: (key, value) => (content[key] = value),
    removeItem: (key) => delete content[key],
  };
}

const WHO = { name: 'ada', roles: ['view'], ends: null };

test('a token that is let in is kept for the tab, and shown again before the cookie ends', async () => {
  const shown = [];
  let now = 0;
  const storage = storageOf();
  const session = new Session(storage, async (token) => (shown.push(token), { who: WHO }), () => now);
  assert.equal(await session.renew(), false);
  assert.equal(await session.signIn(' tm_a '), true);
  assert.equal(session.who, WHO);
  assert.deepEqual(Object.values(storage.content), ['tm_a']);
  now = 60_000;
  assert.equal(await session.renew(), false);
  now = 301_000;
  assert.equal(await session.renew(), true);
  assert.deepEqual(shown, ['tm_a', 'tm_a']);
  assert.equal(new Session(storage, null).hasToken, true);
});

test('a token that is refused is forgotten, with the reason', async () => {
  const storage = storageOf();
  const session = new Session(storage, async () => ({ refused: 'No.' }));
  assert.equal(await session.signIn('x'), false);
  assert.equal(session.error, 'No.');
  assert.equal(session.hasToken, false);
  assert.deepEqual(storage.content, {});
});

test('a service that does not answer takes no token away, and is not asked all the time', async () => {
  let now = 0;
  let asked = 0;
  const session = new Session(storageOf({ 'tidemark.token': 'x' }), async () => ((asked += 1), {}), () => now);
  assert.equal(await session.renew(true), false);
  assert.equal(session.hasToken, true);
  now = 5_000;
  await session.renew(true);
  assert.equal(asked, 1);
  now = 11_000;
  await session.renew(true);
  assert.equal(asked, 2);
});

test('where a browser forbids storage, a token lasts as long as the page', async () => {
  const session = new Session(null, async () => ({ who: WHO }));
  assert.equal(await session.signIn('x'), true);
  assert.equal(session.hasToken, true);
});
