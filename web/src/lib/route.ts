// What the address says: page, group, stage, day and language. Every page is one level deep.
import type { Slice } from './api/types';
import type { IsoDay } from './figure';
import type { Language } from './text/texts';

export const pages = ['overview', 'groups', 'group', 'collections', 'alerts', 'calendar'] as const;
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
}

export const home: Route = { page: 'overview', language: null, asOf: null, stage: null, attribute: null, slice: {} };

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
  if (route.asOf !== null) query.set('as_of', route.asOf);
  if (route.language !== null) query.set('lang', route.language);
  const text = query.toString().replaceAll('%3A', ':');
  return base + (route.page === null || route.page === 'overview' ? '' : route.page) + (text === '' ? '' : `?${text}`);
}
