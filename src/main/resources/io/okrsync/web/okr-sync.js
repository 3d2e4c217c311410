// Keeps an open page true: times age, and what changed on the server is swapped in. Without this
// script, or without a connection, the page stays as it was when it was asked for, and says so.
'use strict';

const POLL = 10_000; // while no events come
const CALM = 60_000; // while they do: for what changes by time alone, such as freshness
const main = document.getElementById('main');
const live = document.getElementById('live');
const still = main.querySelector('[data-still]') !== null; // old runs, read row by row: nothing may move
let events = null;
let refreshed = Date.now();
let refreshing = false;
let again = false;
let ahead = Date.now() - Date.parse(main.dataset.now); // of the server's clock

function rough(seconds) {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} days`;
}

function age() {
  const now = Date.now() - ahead;
  for (const time of main.querySelectorAll('time[data-relative=true], time[data-relative=due]')) {
    const seconds = Math.floor((now - Date.parse(time.dateTime)) / 1000);
    const past = time.dataset.relative === 'due' ? 'now' : `${rough(seconds)} ago`;
    const text = seconds < 0 ? `in ${rough(-seconds)}` : past;
    if (time.textContent !== text) time.textContent = text;
  }
}

function same(a, b) {
  return a && a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || '') === (b.id || '');
}

// Makes a node like another and touches only what differs, so that focus, selection and scrolling stay.
function morph(node, wanted) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.nodeValue !== wanted.nodeValue) node.nodeValue = wanted.nodeValue;
    return;
  }
  for (const { name } of [...node.attributes]) {
    if (!wanted.hasAttribute(name) && name !== 'open') node.removeAttribute(name); // what a person opened stays open
  }
  for (const { name, value } of wanted.attributes) if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  const known = new Map([...node.children].filter((child) => child.id).map((child) => [child.id, child]));
  let at = node.firstChild;
  for (const want of [...wanted.childNodes]) {
    const have = want.id ? known.get(want.id) : at;
    if (!same(have, want)) {
      node.insertBefore(want, at);
      continue;
    }
    if (have === at) at = at.nextSibling;
    else node.insertBefore(have, at);
    morph(have, want);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

function values() {
  return new Map([...main.querySelectorAll('[data-value]')].map((each) => [each.id, each.dataset.value]));
}

function highlight(before) {
  for (const each of main.querySelectorAll('[data-value]')) {
    if (!before.has(each.id) || before.get(each.id) === each.dataset.value) continue;
    const colour = getComputedStyle(each).getPropertyValue('--flash');
    each.animate([{ backgroundColor: colour }, { backgroundColor: 'transparent' }], { duration: 4000, easing: 'ease-in' });
  }
}

function show(connected) {
  live.hidden = false;
  live.className = connected ? 'live on' : 'live off';
  const text = connected ? 'live' : `no connection, as of ${main.dataset.time}`;
  if (live.textContent !== text) live.textContent = text;
  document.body.classList.toggle('cut-off', !connected);
}

async function refresh() {
  if (still) return;
  if (refreshing) {
    again = true;
    return;
  }
  refreshing = true;
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' });
    if (answer.status >= 500) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const wanted = page.getElementById('main');
    const before = values();
    morph(main, wanted);
    document.title = page.title;
    refreshed = Date.now();
    ahead = refreshed - Date.parse(main.dataset.now);
    highlight(before);
    age();
    show(true);
  } catch {
    show(false);
  } finally {
    refreshing = false;
    if (again) {
      again = false;
      refresh();
    }
  }
}

function listen() {
  if (document.hidden || events || still) return;
  events = new EventSource('/events');
  events.addEventListener('changed', refresh);
  events.addEventListener('open', () => show(true));
  events.addEventListener('error', () => {
    if (events && events.readyState === EventSource.CLOSED) hush();
  });
}

// Browsers allow few connections to one server, so a tab in the background gives its own back.
function hush() {
  if (events) events.close();
  events = null;
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    hush();
    return;
  }
  listen();
  refresh();
});

document.addEventListener('submit', async (event) => {
  if (!event.target.matches('form[data-quiet]')) return;
  event.preventDefault();
  const button = event.target.querySelector('button');
  button.disabled = true;
  await fetch(event.target.action, { method: 'POST', redirect: 'manual' }).catch(() => null);
  refresh(); // which also says when there is no connection
});

window.addEventListener('pagehide', hush);
window.addEventListener('pageshow', listen);
setInterval(age, 1000);
setInterval(() => {
  if (document.hidden) return;
  const connected = events && events.readyState === EventSource.OPEN;
  if (Date.now() - refreshed >= (connected ? CALM : POLL)) refresh();
  if (!events) listen();
}, 2_000);
listen();
