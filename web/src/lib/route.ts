// What the address says: page, group, stage, day and language, and what a drill tries. Every page is
// one level deep.
import type { Slice } from './api/types';
import type { IsoDay } from './figure';
import type { Language } from './text/texts';

export const pages = ['overview', 'groups', 'group', 'collections', 'alerts', 'calendar', 'drill', 'fairness', 'ranking', 'changes', 'signs', 'engine', 'report'] as const;
export type Page = (typeof pages)[number];

export interface Route {
  /** null: there is no such page. */
  page: Page | null;
  /** null: the browser's. */
  language: Language | null;
  /** null: the newest day. */
  asOf: IsoDay | null;
  stage: string | null;
  attribute: string | null;
  slice: Slice;
  /** The change that a drill puts in, in percent of what it is: -25 is a fall of a quarter. */
  change: number | null;
  /** The days in which a drill's change should be noticed. */
  days: number | null;
  /** The drill whose answer is shown. */
  drill: string | null;
}

export const home: Route = {
  page: 'overview', language: null, asOf: null, stage: null, attribute: null, slice: {}, change: null, days: null, drill: null,
};

/** The bounds of the contract. */
export const bounds = { largestFall: 95, largestRise: 400, mostDays: 60 } as const;

function changeOrNull(text: string | null): number | null {
  const value = text === null || text.trim() === '' ? 0 : Number(text);
  return value !== 0 && value >= -bounds.largestFall && value <= bounds.largestRise ? value : null;
}

function daysOrNull(text: string | null): number | null {
  const value = Number(text ?? '');
  return Number.isInteger(value) && value >= 1 && value <= bounds.mostDays ? value : null;
}

function dayOrNull(text: string | null): IsoDay | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? null : text;
}

/** A slice is written as `is=age_group:25-34`, one for each attribute; `missing=device` has no value. */
function sliceOf(query: URLSearchParams): Slice {
  const slice: Slice = {};
  for (const text of query.getAll('is')) {
    const colon = text.indexOf(':');
    if (colon > 0) slice[decodeURIComponent(text.slice(0, colon))] = text.slice(colon + 1);
  }
  for (const name of query.getAll('missing')) slice[name] = null;
  return slice;
}

export function parseRoute(base: string, path: string, search: string): Route {
  const rest = path.startsWith(base) ? path.slice(base.length) : path.replace(/^\//, '');
  const name = rest === '' || rest === 'index.html' ? 'overview' : rest.replace(/\/$/, '');
  const query = new URLSearchParams(search);
  const language = query.get('lang');
  return {
    page: pages.find((page) => page === name) ?? null,
    language: language === 'en' || language === 'de' ? language : null,
    asOf: dayOrNull(query.get('as_of')),
    stage: query.get('stage'),
    attribute: query.get('attribute'),
    slice: sliceOf(query),
    change: changeOrNull(query.get('change')),
    days: daysOrNull(query.get('days')),
    drill: /^[1-9]\d{0,8}$/.exec(query.get('drill') ?? '')?.[0] ?? null,
  };
}

export function addressOf(base: string, route: Route): string {
  const query = new URLSearchParams();
  for (const [attribute, value] of Object.entries(route.slice)) {
    if (value === null) query.append('missing', attribute);
    else query.append('is', `${attribute.replace(/[%:]/g, encodeURIComponent)}:${value}`);
  }
  if (route.attribute !== null) query.set('attribute', route.attribute);
  if (route.stage !== null) query.set('stage', route.stage);
  if (route.change !== null) query.set('change', String(route.change));
  if (route.days !== null) query.set('days', String(route.days));
  if (route.drill !== null) query.set('drill', route.drill);
  if (route.asOf !== null) query.set('as_of', route.asOf);
  if (route.language !== null) query.set('lang', route.language);
  const text = query.toString().replaceAll('%3A', ':');
  return base + (route.page === null || route.page === 'overview' ? '' : route.page) + (text === '' ? '' : `?${text}`);
}
