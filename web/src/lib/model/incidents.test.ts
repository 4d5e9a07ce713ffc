import { describe, expect, it } from 'vitest';
import { answer, incidents, worlds, type World } from '../../../fixtures/world';
import { HttpApi, type Api } from '../api/client';
import type { Incident, IncidentState } from '../api/types';
import { actionsFor, historyOf, isOpen, loadAlerts } from './incidents';

const rich = worlds.alerts as World;
const all = incidents(rich).incidents;
const one = (state: IncidentState): Incident => {
  const found = all.find((incident) => incident.state === state);
  if (found === undefined) throw new Error(`no ${state}`);
  return found;
};

function shop(world: World) {
  return new HttpApi('/', null, (address) => {
    const url = new URL(address, 'http://x');
    return Promise.resolve(Response.json(answer(url.pathname.slice(1), url.searchParams, world)));
  });
}

describe('what can be decided', () => {
  it('depends on what an alert has become', () => {
    expect(actionsFor(one('opened'))).toEqual(['acknowledge', 'accept', 'false']);
    expect(actionsFor(one('growing'))).toEqual(['acknowledge', 'accept', 'false']);
    expect(actionsFor({ ...one('opened'), state: 'acknowledged' })).toEqual(['accept', 'false']);
    expect(['recovered', 'faded'].map((state) => actionsFor(one(state as IncidentState)))).toEqual([['false'], ['false']]);
    expect(['accepted', 'judged_false', 'merged'].map((state) => actionsFor(one(state as IncidentState)))).toEqual([[], [], []]);
  });

  it('is open until it has ended', () => {
    expect(all.filter(isOpen).map(({ state }) => state)).toEqual(['opened', 'growing']);
  });
});

describe('the history', () => {
  it('is told in its order, with notes beside the decisions and groups as they were named', () => {
    const entries = historyOf(one('growing'));
    expect(entries.map(({ state, note }) => [state, note])).toEqual([['opened', ''], ['acknowledged', 'Asked the warehouse.'], [null, ''], ['growing', '']]);
    expect(entries[2]?.renamed).toEqual({ from: { region: 'West', age_group: '55+' }, to: { region: 'West' } });
  });

  it('names a group that was named anew twice as it was in between', () => {
    const incident: Incident = {
      ...one('opened'),
      history: [
        { on: '2026-11-10', state: 'opened', renamed_from: null },
        { on: '2026-11-11', state: 'opened', renamed_from: {} },
        { on: '2026-11-12', state: 'opened', renamed_from: { region: 'West' } },
      ],
    };
    expect(historyOf(incident).map(({ renamed }) => renamed)).toEqual([
      null,
      { from: {}, to: { region: 'West' } },
      { from: { region: 'West' }, to: { age_group: '25-34' } },
    ]);
  });

  it('tells a decision that changed nothing', () => {
    const growing = one('growing');
    const again = { ...growing, judgements: [...growing.judgements, { incident: growing.id, action: 'acknowledge' as const, as_of: '2026-11-16', at: '2026-11-16T09:00:00Z', note: 'Again.' }] };
    expect(historyOf(again).filter(({ note }) => note !== '').map(({ on, note }) => [on, note])).toEqual([['2026-11-15', 'Asked the warehouse.'], ['2026-11-16', 'Again.']]);
  });
});

describe('the alerts page', () => {
  it('tells every alert once, those that are open first', async () => {
    const { open, ended, sections } = await loadAlerts(shop(rich));
    expect(open.map(({ finding }) => finding.id)).toEqual(['3f9a1c04be21', '7b21c94de003']);
    expect(ended).toHaveLength(5);
    expect(sections).toEqual([]);
  });

  it('tells an alert of which there is no incident', async () => {
    const api = shop(rich);
    const list = await api.incidents();
    const { sections } = await loadAlerts({ ...bound(api), incidents: () => Promise.resolve({ ...list, incidents: [] }) });
    expect(sections.map(({ level, causes }) => [level, causes.length])).toEqual([['alert', 1]]);
  });

  it('does not call an alert up again that was called false', async () => {
    const api = shop(rich);
    const list = await api.incidents();
    const called = list.incidents.map((incident) => (isOpen(incident) ? { ...incident, state: 'judged_false' as const } : incident));
    const { open, sections } = await loadAlerts({ ...bound(api), incidents: () => Promise.resolve({ ...list, incidents: called }) });
    expect([open, sections]).toEqual([[], []]);
  });

  it('is quiet where nothing was raised', async () => {
    const { open, ended, list } = await loadAlerts(shop(worlds.calm as World));
    expect([open, ended, list.record.raised]).toEqual([[], [], 0]);
  });
});

function bound(api: HttpApi): Api {
  const names = Object.getOwnPropertyNames(HttpApi.prototype).filter((name) => name !== 'constructor') as (keyof Api)[];
  return Object.fromEntries(names.map((name) => [name, (api[name] as (...values: unknown[]) => unknown).bind(api)])) as unknown as Api;
}
