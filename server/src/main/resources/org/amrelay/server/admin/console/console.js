// SPDX-License-Identifier: Apache-2.0
'use strict';
const $ = id => document.getElementById(id);
let token = '';

async function ask(path) {
  const answer = await fetch(path, {headers: {Authorization: 'Bearer ' + token}});
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error || 'The relay answered ' + answer.status);
  return body;
}
// Everything shown came from strangers' mail: text only, never markup.
function element(name, text) { const e = document.createElement(name); e.textContent = text; return e; }
function say(text) { $('message').textContent = text; }

async function refresh() {
  try {
    const s = await ask('/api/status');
    const rows = {Host: s.hostname, Version: s.version, Ready: s.ready ? 'yes' : 'no', 'Started at': s.startedAt, 'In the spool': s.spooled, 'Waiting for delivery': s.queued, Domains: s.domains, Accounts: s.accounts};
    for (const [name, address] of Object.entries(s.listening)) rows[name] = address;
    $('status').replaceChildren(...Object.entries(rows).flatMap(([k, v]) => [element('dt', k), element('dd', String(v))]));
    const queue = await ask('/api/queue?limit=100');
    $('queue').replaceChildren(...queue.map(d => {
      const row = document.createElement('tr');
      const last = d.recipients.map(r => r.lastReply).filter(r => r)[0] || '';
      row.append(...[d.id, d.mail, d.sender, d.recipients.map(r => r.address).join(', '), d.nextHop, d.attempts, d.held ? 'held' : d.dueAt, last].map(v => element('td', String(v))));
      return row;
    }));
    $('door').hidden = true; $('inside').hidden = false; say('');
    return true;
  } catch (e) { say(e.message); return false; }
}

$('door').addEventListener('submit', async event => {
  event.preventDefault();
  token = $('token').value.trim();
  if (await refresh()) { $('token').value = ''; setInterval(refresh, 5000); }
});
$('search').addEventListener('submit', async event => {
  event.preventDefault();
  try {
    const traces = await ask('/api/trace?limit=20&of=' + encodeURIComponent($('what').value.trim()));
    $('traces').replaceChildren(...traces.flatMap(t => {
      const list = document.createElement('ol');
      list.append(...t.events.map(e => element('li', e.at + '  ' + e.kind + '  ' + e.text)));
      const people = t.recipients.map(r => r.address + ': ' + r.state + (r.lastReply ? ' (' + r.lastReply + ')' : ''));
      return [element('h3', t.mail + ' from ' + t.sender), ...people.map(p => element('p', p)), list];
    }));
    say(traces.length ? '' : 'No mail is known by that name or address.');
  } catch (e) { say(e.message); }
});
