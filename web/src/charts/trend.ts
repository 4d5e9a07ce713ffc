// Layout of a line over time or age: one or more tracks on one scale, each point drawn by how settled
// it is, with the range it lies in.
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { spread } from './scale';

/** Values are in the unit of the axis. An expected one is the model's own opinion: nobody has confirmed any of it. */
export type TrendValue =
  | { state: 'confirmed'; value: number; low: number | null; high: number | null }
  | { state: 'provisional' | 'expected'; value: number; low: number; high: number }
  | { state: 'pending' };

export interface TrendPoint {
  x: number;
  /** What the point is called in the table and by the reader: "2–8 Nov", "day 12". */
  name: string;
  at: TrendValue;
}

export interface TrendTrack {
  name: string;
  tone: 'data' | 'second' | 'alert' | 'ref';
  points: readonly TrendPoint[];
}

export interface TrendMark {
  x: number;
  name: string;
}

export interface TrendLevel {
  value: number;
  name: string;
}

export interface TrendOptions {
  tracks: readonly TrendTrack[];
  marks?: readonly TrendMark[];
  ticks: readonly { x: number; text: string }[];
  usual?: { low: number; high: number } | null;
  /** Levels that mean something by themselves, such as "no gap"; they widen the scale. */
  levels?: readonly TrendLevel[];
  /** Rates start at zero; a gap or a mean does not. */
  fromZero: boolean;
  width: number;
  height: number;
  /** Room at the right for the names of levels, and of tracks where there are several. */
  labelWidth: number;
}

/** Neighbouring points without a value, as one frame from half a step before to half a step behind. */
function pendingFrames(points: readonly TrendPoint[], x: (value: number) => number, box: { left: number; right: number }): { x: number; width: number }[] {
  const frames: { from: number; to: number }[] = [];
  points.forEach(({ x: at, at: value }, i) => {
    if (value.state !== 'pending') return;
    const before = points[i - 1];
    const after = points[i + 1];
    const half = Math.max(5, Math.min(...[before, after].flatMap((other) => (other === undefined ? [] : [Math.abs(x(other.x) - x(at)) / 2])), 40));
    const last = frames.at(-1);
    if (last !== undefined && before?.at.state === 'pending') last.to = x(at) + half;
    else frames.push({ from: x(at) - half, to: x(at) + half });
  });
  return frames.map(({ from, to }) => ({ x: Math.max(box.left, from), width: Math.min(box.right, to) - Math.max(box.left, from) }));
}

function bounds(value: TrendValue): number[] {
  if (value.state === 'pending') return [];
  return [value.value, value.low ?? value.value, value.high ?? value.value];
}

function valueScale({ tracks, usual, levels = [], fromZero }: TrendOptions, range: [number, number]): ScaleLinear<number, number> {
  const values = tracks.flatMap((track) => track.points.flatMap((point) => bounds(point.at)));
  if (usual) values.push(usual.low, usual.high);
  values.push(...levels.map(({ value }) => value));
  if (fromZero || values.length === 0) values.push(0);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = high > low ? (high - low) * 0.06 : Math.abs(high) * 0.1 || 1;
  return scaleLinear().domain([fromZero && low >= 0 ? 0 : low - pad, high + pad]).nice(4).range(range);
}

interface Place {
  x: number;
  y: number;
  low: number;
  high: number;
  state: TrendValue['state'];
}

/** Neighbouring points of one state; a pending point or a missing one ends a run. */
function runs(places: readonly (Place | null)[]): Place[][] {
  const found: Place[][] = [];
  places.forEach((place, i) => {
    if (place === null) return;
    const before = places[i - 1] ?? null;
    const run = found.at(-1);
    if (before !== null && run !== undefined && before.state === place.state) run.push(place);
    // The line goes on where only the state changes.
    else found.push(before === null ? [place] : [{ ...before, state: place.state }, place]);
  });
  return found;
}

const markRow = 16;

/** Names beside their marks, inside the chart, and on lines of their own where they would run into each other. */
function placedMarks(marks: readonly TrendMark[], left: number, right: number) {
  const taken: { from: number; to: number; row: number }[] = [];
  return marks.map(({ name, x }) => {
    const wide = 7.5 * name.length + 10;
    const anchor: 'start' | 'end' = x + wide > right && x - wide > left ? 'end' : 'start';
    const [from, to] = anchor === 'end' ? [x - wide, x] : [x, x + wide];
    let row = 0;
    while (taken.some((other) => other.row === row && from < other.to && other.from < to)) ++row;
    taken.push({ from, to, row });
    return { name, x, anchor, y: 14 + row * markRow };
  });
}

export function layoutTrend(options: TrendOptions) {
  const { tracks, marks = [], ticks, usual = null, levels = [], width, height, labelWidth } = options;
  const [left, right] = [40, Math.max(42, width - labelWidth)];
  const xs = [...tracks.flatMap((track) => track.points.map(({ x }) => x)), ...ticks.map(({ x }) => x)];
  if (xs.length === 0) return null;
  const [first, last] = [Math.min(...xs), Math.max(...xs)];
  const x = scaleLinear().domain(first === last ? [first - 1, last + 1] : [first, last]).range([left + 6, right - 6]);
  const placed = placedMarks(marks.filter(({ x: at }) => at >= first && at <= last).map((mark) => ({ name: mark.name, x: x(mark.x) })), left, right);
  const box = { left, right, top: marks.length === 0 ? 14 : 16 + Math.max(14, ...placed.map((mark) => mark.y)), bottom: height - 26 };
  const y = valueScale(options, [box.bottom, box.top]);
  const draw = line<Place>((p) => p.x, (p) => p.y);
  const range = area<Place>((p) => p.x, (p) => p.low, (p) => p.high);
  const drawn = tracks.map((track) => {
    const places = track.points.map(({ x: at, at: value }): Place | null =>
      value.state === 'pending' ? null : { x: x(at), y: y(value.value), low: y(value.low ?? value.value), high: y(value.high ?? value.value), state: value.state });
    const real = places.filter((place) => place !== null);
    return {
      track,
      lines: runs(places).map((run) => ({ state: run[0]?.state ?? 'pending', path: run.length > 1 ? (draw(run) ?? '') : '', range: run.length > 1 ? (range(run) ?? '') : '' })),
      dots: real,
      pending: pendingFrames(track.points, x, box),
      end: real.at(-1) ?? null,
    };
  });
  const ends = tracks.length > 1 ? drawn.flatMap(({ end }) => (end === null ? [] : [end.y])) : [];
  const labels = spread([...ends, ...levels.map(({ value }) => y(value))], 20, box.top + 4, box.bottom);
  let next = 0;
  return {
    box,
    tracks: drawn.map((each) => ({ ...each, label: each.end === null || tracks.length < 2 ? null : (labels[next++] ?? null) })),
    grid: y.ticks(4).map((value) => ({ value, y: y(value) })),
    ticks: ticks.map(({ x: at, text }) => ({ x: x(at), text })),
    marks: placed,
    usual: usual === null ? null : { y: y(usual.high), height: Math.max(1, y(usual.low) - y(usual.high)) },
    levels: levels.map(({ value, name }, i) => ({ name, y: y(value), label: labels[ends.length + i] ?? y(value) })),
  };
}

/** As many of the names below a chart as fit, the last one always. */
export function thinned<T>(ticks: readonly T[], width: number, gap: number): T[] {
  const step = Math.max(1, Math.ceil((ticks.length * gap) / Math.max(1, width)));
  return ticks.filter((_, i) => (ticks.length - 1 - i) % step === 0);
}
