// Alerts with their history: which are open, and what can be decided about them.
import type { Api } from '../api/client';
import type { CheckReport, Finding, Incident, IncidentList, IncidentState, Judgement, JudgementAction, SegmentList, Slice } from '../api/types';
import type { IsoDay } from '../figure';
import { listFindings, type FindingSection } from './findings';

const openStates: readonly IncidentState[] = ['opened', 'growing', 'acknowledged'];

export function isOpen(incident: Incident): boolean {
  return openStates.includes(incident.state);
}

/** What somebody can decide about an incident, in the order of the buttons. */
export function actionsFor(incident: Incident): JudgementAction[] {
  switch (incident.state) {
    case 'opened':
    case 'growing':
      return ['acknowledge', 'accept', 'false'];
    case 'acknowledged':
      return ['accept', 'false'];
    // What is over by itself can still have been nothing.
    case 'recovered':
    case 'faded':
      return ['false'];
    case 'accepted':
    case 'judged_false':
    case 'merged':
      return [];
  }
}

export interface HistoryEntry {
  on: IsoDay;
  /** null: only its group was named anew. */
  state: IncidentState | null;
  renamed: { from: Slice; to: Slice } | null;
  note: string;
}

const stateOf: Record<JudgementAction, IncidentState> = { acknowledge: 'acknowledged', accept: 'accepted', false: 'judged_false' };

/** How it went, oldest first; decisions that changed nothing are told too. */
export function historyOf(incident: Incident): HistoryEntry[] {
  const left: Judgement[] = [...incident.judgements];
  let now = incident.finding.slice;
  const entries = [...incident.history]
    .reverse()
    .map(({ on, state, renamed_from: from }): HistoryEntry => {
      const renamed = from === null ? null : { from, to: now };
      if (from !== null) now = from;
      const at = from === null ? left.findIndex((judgement) => stateOf[judgement.action] === state && judgement.as_of === on) : -1;
      const note = at < 0 ? '' : (left.splice(at, 1)[0]?.note ?? '');
      return { on, state: from === null ? state : null, renamed, note };
    })
    .reverse();
  for (const { action, as_of: on, note } of left) entries.push({ on, state: stateOf[action], renamed: null, note });
  return entries.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

export interface AlertsData {
  check: CheckReport;
  segments: SegmentList;
  list: IncidentList;
  open: Incident[];
  ended: Incident[];
  /** What follows from the finding of an incident, by the finding's id. */
  follows: Map<string, Finding[]>;
  /** The findings that no incident tells of. */
  sections: FindingSection[];
}

export async function loadAlerts(api: Api): Promise<AlertsData> {
  const [check, segments, list] = await Promise.all([api.check(), api.segments(), api.incidents()]);
  const open = list.incidents.filter(isOpen);
  const openIds = new Set(open.map(({ finding }) => finding.id));
  const allIds = new Set(list.incidents.map(({ finding }) => finding.id));
  const sections = listFindings(check.findings);
  return {
    check,
    segments,
    list,
    open,
    ended: list.incidents.filter((incident) => !isOpen(incident)),
    follows: new Map(sections.flatMap(({ causes }) => causes.map(({ finding, follows }) => [finding.id, follows] as const))),
    // An alert that was called false or accepted goes on being found for a while.
    sections: sections
      .map(({ level, causes }) => ({ level, causes: causes.filter(({ finding: { id } }) => !openIds.has(id) && !(level === 'alert' && allIds.has(id))) }))
      .filter(({ causes }) => causes.length > 0),
  };
}
