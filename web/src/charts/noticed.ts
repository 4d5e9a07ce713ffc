// Layout of "how often would it be noticed": the share of cases by the size of the change, with the
// range in which it would lie in another history like this one.
import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { DrillSize } from '../lib/api/types';

export interface NoticedPoint {
  size: DrillSize;
  x: number;
  y: number;
  low: number;
  high: number;
  asked: boolean;
}

const noticedHeight = 312;
const margin = { left: 34, right: 22, top: 46, bottom: 52 };
const tickGap = 40;
const labelRoom = 70;

/** The sizes to name below the chart: the one asked for, and those that leave it and each other room. */
function namedSizes(points: readonly NoticedPoint[]): NoticedPoint[] {
  const named = points.filter(({ asked }) => asked);
  for (const point of [...points].reverse()) {
    if (named.every(({ x }) => Math.abs(x - point.x) >= tickGap)) named.push(point);
  }
  return named.sort((a, b) => a.x - b.x);
}

export function layoutNoticed(sizes: readonly DrillSize[], asked: number, width: number) {
  const largest = Math.max(0, ...sizes.map(({ change }) => Math.abs(change)));
  const box = { left: margin.left, right: Math.max(margin.left + 1, width - margin.right), top: margin.top, bottom: noticedHeight - margin.bottom };
  const x = scaleLinear().domain([0, largest > 0 ? largest : 1]).range([box.left, box.right]);
  const y = scaleLinear().domain([0, 10]).range([box.bottom, box.top]);
  const points = sizes.map((size): NoticedPoint => ({
    size,
    x: x(Math.abs(size.change)),
    y: y(size.share * 10),
    low: y(size.low * 10),
    high: y(size.high * 10),
    asked: Math.abs(size.change - asked) < 1e-6,
  }));
  const band = area<NoticedPoint>().x((point) => point.x).y0((point) => point.low).y1((point) => point.high);
  const path = line<NoticedPoint>().x((point) => point.x).y((point) => point.y);
  return {
    height: noticedHeight,
    box,
    points,
    band: points.length > 1 ? band(points) ?? '' : '',
    path: points.length > 1 ? path(points) ?? '' : '',
    cases: [0, 2, 4, 6, 8, 10].map((value) => ({ value, y: y(value) })),
    named: namedSizes(points),
    // The curve rises to the right, so that there is room to the left of a point and above it.
    label: points
      .filter((point) => point.asked)
      .map((point) => (point.x < box.left + labelRoom ? { x: point.x - 4, y: point.y - 14, anchor: 'start' } : { x: point.x - 4, y: point.y - 14, anchor: 'end' }))[0] ?? null,
  };
}
