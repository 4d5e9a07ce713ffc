// Layout of the bar chart: one bar a day, its shape by maturity.
import { scaleBand } from 'd3-scale';
import type { Point } from '../lib/api/decode';
import { topOf } from '../lib/figure';
import { dayTicks, valueScale } from './scale';

/** A few days do not become walls. */
const widestDay = 64;

export interface BarsOptions {
  points: readonly Point[];
  /** The usual level, as a fraction; null where none can be said. */
  usual: number | null;
  width: number;
  height: number;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Bar =
  | { key: string; maturity: 'confirmed'; box: Box }
  | { key: string; maturity: 'provisional'; range: Box; floor: Box }
  | { key: string; maturity: 'pending'; frame: Box; mark: { x: number; y: number } | null };

export function layoutBars({ points, usual, width, height }: BarsOptions) {
  const margin = { top: 18, right: 4, bottom: 22, left: 28 };
  const top = Math.max(usual ?? 0, ...points.map(({ figure }) => topOf(figure) ?? 0));
  const y = valueScale(top, [height - margin.bottom, margin.top]);
  const days = points.map(({ from }) => from);
  const x = scaleBand<string>().domain(days).range([margin.left, Math.max(margin.left + 1, Math.min(width - margin.right, margin.left + days.length * widestDay))]).paddingInner(0.22);
  const zero = y(0);
  const level = (rate: number) => y(rate * 100);
  // A pending day is as tall as the usual level: room for an answer, not an answer.
  const frameTop = usual !== null || top > 0 ? level(usual ?? top * 0.8) : margin.top + 0.2 * (zero - margin.top);
  const bars = points.map(({ from, figure }): Bar => {
    const left = x(from) ?? 0;
    const wide = x.bandwidth();
    const inner = { x: left + 0.6, width: Math.max(1, wide - 1.2) };
    switch (figure.maturity) {
      case 'confirmed':
        return { key: from, maturity: 'confirmed', box: { x: left, width: wide, y: level(figure.rate), height: zero - level(figure.rate) } };
      case 'provisional':
        return {
          key: from,
          maturity: 'provisional',
          range: { ...inner, y: level(figure.high), height: Math.max(1, level(figure.low) - level(figure.high)) },
          floor: { ...inner, y: level(figure.low), height: Math.max(0, zero - level(figure.low)) },
        };
      case 'pending':
        return {
          key: from,
          maturity: 'pending',
          frame: { ...inner, y: frameTop, height: Math.max(1, zero - frameTop) },
          mark: wide > 16 ? { x: left + wide / 2, y: zero - 10 } : null,
        };
    }
  });
  // The words stand once over a stretch that has room for them.
  const frames = bars.flatMap((bar) => (bar.maturity === 'pending' ? [bar.frame] : []));
  const [firstFrame, lastFrame] = [frames[0], frames.at(-1)];
  const stretch = firstFrame === undefined || lastFrame === undefined ? 0 : lastFrame.x + lastFrame.width - firstFrame.x;
  const words = firstFrame !== undefined && stretch > 100 && x.bandwidth() <= 16 ? { x: firstFrame.x + stretch / 2, y: (frameTop + zero) / 2 + 4 } : null;
  const ticks = dayTicks(days, width - margin.left).map((day) => ({ day, x: x(day) ?? 0 }));
  return {
    bars,
    // Without any figure there is no scale to read.
    grid: (top > 0 ? y.ticks(3) : []).map((value) => ({ value, y: y(value) })),
    days: ticks,
    pendingWords: words,
    usualY: usual === null ? null : level(usual),
    at: (day: string): number | null => (x(day) === undefined ? null : (x(day) ?? 0) + x.bandwidth() / 2),
    top: margin.top,
    left: margin.left,
    right: width - margin.right,
    zero,
  };
}
