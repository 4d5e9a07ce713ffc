// Which days a figure is about.
import type { Finding, StageSummary } from '../api/types';
import type { IsoDay } from '../figure';
import { addDays, daysBetween } from '../text/format';

/** When something changed: the likeliest first day, and the range in which it lies. */
export interface Change {
  earliest: IsoDay;
  since: IsoDay;
  latest: IsoDay;
}

export function changeOf(finding: Finding | null): Change | null {
  if (finding === null || finding.since === null) return null;
  return { earliest: finding.since_earliest ?? finding.since, since: finding.since, latest: finding.since_latest ?? finding.since };
}

export interface Span {
  from: IsoDay;
  to: IsoDay;
}

/** Below so many confirmed days nothing is called usual. */
export const daysForUsual = 14;

/** The last seven confirmed days, or as many as there are; null where no day is confirmed. */
export function confirmedWeek(stage: StageSummary, firstDay: IsoDay | null): Span | null {
  const to = stage.confirmed_through;
  if (firstDay === null || to === null || to < firstDay) return null;
  const from = addDays(to, -6);
  return { from: from < firstDay ? firstDay : from, to };
}

/** The confirmed days that "usual" is said of: before the week, and before a known change. */
export function usualSpan(firstDay: IsoDay | null, week: Span | null, change: Change | null): Span | null {
  if (firstDay === null || week === null) return null;
  const end = change !== null && change.earliest < week.from ? change.earliest : week.from;
  const to = addDays(end, -1);
  return daysBetween(firstDay, to) + 1 >= daysForUsual ? { from: firstDay, to } : null;
}

/** The days after the confirmed ones. */
export function openSpan(stage: StageSummary, firstDay: IsoDay | null, lastDay: IsoDay | null): Span | null {
  if (firstDay === null || lastDay === null) return null;
  const from = stage.confirmed_through === null ? firstDay : addDays(stage.confirmed_through, 1);
  return from <= lastDay ? { from, to: lastDay } : null;
}

/** The confirmed days before a change, and those since; the days between belong to neither. */
export function aroundChange(stage: StageSummary, firstDay: IsoDay | null, change: Change | null): { before: Span; after: Span } | null {
  const through = stage.confirmed_through;
  if (firstDay === null || change === null || through === null || change.earliest <= firstDay || change.latest > through) return null;
  return { before: { from: firstDay, to: addDays(change.earliest, -1) }, after: { from: change.latest, to: through } };
}
