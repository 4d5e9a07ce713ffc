// Layout of the line chart: a group beside the others, day by day, each day drawn by its maturity.
import { quantile } from 'd3-array';
import { scaleUtc } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { Point } from '../lib/api/decode';
import { topOf, type Figure, type IsoDay } from '../lib/figure';
import type { Levels } from '../lib/model/findings';
import { daysForUsual } from '../lib/model/spans';
import { dateOf, daysBetween } from '../lib/text/format';
import { dayTicks, spread, valueScale } from './scale';

export interface Track {
  name: string;
  points: readonly Point[];
}

export interface LinesOptions {
  focus: Track;
  others: readonly Track[];
  /** The first day after a change. */
  since: IsoDay | null;
  /** The confirmed levels before it and since. */
  levels?: Levels | null;
  width: number;
  height: number;
  /** Room for the names at the right. */
  labelWidth: number;
}

interface Place {
  day: IsoDay;
  x: number;
  figure: Figure;
  y: number | null;
}

/** Where a figure's line runs; a pending one has no line. */
function heightOf(figure: Figure): number | null {
  switch (figure.maturity) {
    case 'confirmed':
      return figure.rate;
    case 'provisional':
      return figure.mid;
    case 'pending':
      return null;
  }
}

/** The range in which nine of ten confirmed days before a change lay; null with too few days. */
export function usualRange(points: readonly Point[], since: IsoDay | null): { low: number; high: number } | null {
  const rates = points.flatMap(({ to, figure }) => (figure.maturity === 'confirmed' && (since === null || to < since) ? [figure.rate] : []));
  const low = quantile(rates, 0.05);
  const high = quantile(rates, 0.95);
  return rates.length < daysForUsual || low === undefined || high === undefined ? null : { low, high };
}

/** Runs of neighbouring items for which `belongs` holds; a missing day ends a run. */
export function runsOf<T extends { day: IsoDay }>(items: readonly T[], belongs: (item: T) => boolean): T[][] {
  const runs: T[][] = [];
  let previous: T | null = null;
  for (const item of items) {
    if (!belongs(item)) {
      previous = null;
      continue;
    }
    const run = runs.at(-1);
    if (previous !== null && run !== undefined && daysBetween(previous.day, item.day) === 1) run.push(item);
    else runs.push([item]);
    previous = item;
  }
  return runs;
}

export function layoutLines({ focus, others, since, levels = null, width, height, labelWidth }: LinesOptions) {
  const margin = { top: 22, right: labelWidth, bottom: 24, left: 32 };
  const days = focus.points.map(({ from }) => from);
  const [first, last] = [days[0], days[days.length - 1]];
  if (first === undefined || last === undefined) return null;
  const x = scaleUtc().domain([dateOf(first), dateOf(last)]).range([margin.left, Math.max(margin.left + 1, width - margin.right)]);
  const tops = [focus, ...others].flatMap((track) => track.points.map(({ figure }) => topOf(figure) ?? 0));
  const y = valueScale(Math.max(0, ...tops), [height - margin.bottom, margin.top]);
  const at = (day: IsoDay) => (first === last ? (margin.left + width - margin.right) / 2 : x(dateOf(day)));
  const level = (rate: number) => y(rate * 100);
  const place = ({ from, figure }: Point): Place => {
    const value = heightOf(figure);
    return { day: from, x: at(from), figure, y: value === null ? null : level(value) };
  };
  const places = focus.points.map(place);
  const draw = line<Place>((p) => p.x, (p) => p.y ?? 0);
  const range = area<Place>()
    .x((p) => p.x)
    .y0((p) => level(p.figure.maturity === 'provisional' ? p.figure.low : (heightOf(p.figure) ?? 0)))
    .y1((p) => level(p.figure.maturity === 'provisional' ? p.figure.high : (heightOf(p.figure) ?? 0)));
  const isConfirmed = (p: Place) => p.figure.maturity === 'confirmed';
  const confirmed = (belongs: (p: Place) => boolean) => runsOf(places, (p) => isConfirmed(p) && belongs(p));
  // The two halves share the first day of the change, so that the step is drawn.
  const before = confirmed((p) => since === null || p.day <= since);
  const after = since === null ? [] : confirmed((p) => p.day >= since);
  // A provisional run starts from the confirmed day before it, so that the line does not break.
  const provisional = runsOf(places, (p) => p.figure.maturity === 'provisional').map((run) => {
    const start = places.findIndex((p) => p === run[0]);
    const joint = places[start - 1];
    return joint !== undefined && isConfirmed(joint) ? [joint, ...run] : run;
  });
  const half = places.length > 1 ? Math.max(1, width - margin.right - margin.left) / (places.length - 1) / 2 : 8;
  const pending = runsOf(places, (p) => p.figure.maturity === 'pending').map((run) => {
    const left = Math.max(margin.left, (run[0]?.x ?? 0) - half);
    const right = Math.min(width - margin.right + half, (run.at(-1)?.x ?? 0) + half);
    return { key: run[0]?.day ?? '', x: left, width: Math.max(2, right - left), from: run[0]?.day ?? '', to: run.at(-1)?.day ?? '' };
  });
  const path = (run: Place[]) => (run[0] !== undefined && run.length === 1 ? `M${run[0].x - 3},${run[0].y ?? 0}h6` : (draw(run) ?? ''));
  const ends = [focus, ...others].map((track) => {
    const drawn = track.points.map(place).filter((p) => p.y !== null);
    return drawn.at(-1)?.y ?? null;
  });
  const otherEnds = ends.slice(1).filter((end) => end !== null).sort((a, b) => a - b);
  const middle = otherEnds[Math.floor((otherEnds.length - 1) / 2)] ?? null;
  const focusEnd = ends[0] ?? null;
  const [focusLabel = 0, othersLabel = 0] = spread([focusEnd ?? height / 2, middle ?? focusEnd ?? height / 2], 46, margin.top, height - margin.bottom - 20);
  const usual = usualRange(focus.points, since);
  const settled = places.filter(isConfirmed);
  const change = since === null ? undefined : settled.find((p) => p.day >= since);
  const [start, end] = [settled[0], settled.at(-1)];
  const levelLines =
    levels === null || change === undefined || start === undefined || end === undefined || change === start
      ? null
      : { before: { from: start.x, to: change.x, y: level(levels.before) }, after: { from: change.x, to: end.x, y: level(levels.after) } };
  return {
    at,
    places,
    before: before.map(path),
    after: after.map(path),
    provisional: provisional.map((run) => ({ path: path(run), range: range(run) ?? '', end: run.at(-1) })),
    pending,
    others: others.map((track) => ({ name: track.name, paths: runsOf(track.points.map(place), (p) => p.y !== null).map(path) })),
    usual: usual === null ? null : { ...usual, y: level(usual.high), height: Math.max(1, level(usual.low) - level(usual.high)) },
    change: since === null || since < first || since > last ? null : { day: since, x: at(since) },
    levels: levelLines,
    // Without any figure there is no scale to read.
    grid: (Math.max(0, ...tops) === 0 ? [] : y.ticks(4)).map((value) => ({ value, y: y(value) })),
    days: dayTicks(days, width - margin.left - margin.right).map((day) => ({ day, x: at(day) })),
    labels: { focus: focusEnd === null ? null : focusLabel, others: middle === null ? null : othersLabel },
    box: { left: margin.left, right: width - margin.right, top: margin.top, bottom: height - margin.bottom },
  };
}
