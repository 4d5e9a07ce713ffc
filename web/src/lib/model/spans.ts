// Which days a figure is about.
import type { StageSummary } from '../api/types';
import type { IsoDay } from '../figure';
import { addDays, daysBetween } from '../text/format';

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
export function usualSpan(firstDay: IsoDay | null, week: Span | null, since: IsoDay | null): Span | null {
  if (firstDay === null || week === null) return null;
  const end = since !== null && since < week.from ? since : week.from;
  const to = addDays(end, -1);
  return daysBetween(firstDay, to) + 1 >= daysForUsual ? { from: firstDay, to } : null;
}

/** The days after the confirmed ones. */
export function openSpan(stage: StageSummary, firstDay: IsoDay | null, lastDay: IsoDay | null): Span | null {
  if (firstDay === null || lastDay === null) return null;
  const from = stage.confirmed_through === null ? firstDay : addDays(stage.confirmed_through, 1);
  return from <= lastDay ? { from, to: lastDay } : null;
}

/** The confirmed days before a change, and those since. */
export function aroundChange(stage: StageSummary, firstDay: IsoDay | null, since: IsoDay | null): { before: Span; after: Span } | null {
  const through = stage.confirmed_through;
  if (firstDay === null || since === null || through === null || since <= firstDay || since > through) return null;
  return { before: { from: firstDay, to: addDays(since, -1) }, after: { from: since, to: through } };
}
