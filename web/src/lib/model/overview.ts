// What the overview asks the program.
import type { Api } from '../api/client';
import type { Line, Point } from '../api/decode';
import type { CheckReport, Finding, SegmentAttribute, SegmentList, Slice, StageSummary, Truth } from '../api/types';
import type { IsoDay } from '../figure';
import { leadOf, sameSlice } from './findings';
import { aroundChange, changeOf, confirmedWeek, openSpan, usualSpan, type Change, type Span } from './spans';

/** A group beside the others of its attribute, day by day. */
export interface GroupLines {
  stage: StageSummary;
  /** What sets the lines apart; null where the group is everything. */
  attribute: string | null;
  focus: Line;
  others: Line[];
}

export interface StageCard {
  stage: StageSummary;
  days: Point[];
  week: Point | null;
  usual: Point | null;
  open: Point | null;
}

/** Each group before a change and since. */
export interface Gap {
  stage: StageSummary;
  attribute: string;
  since: IsoDay | null;
  rows: GapRow[];
}
export interface GapRow {
  slice: Slice;
  before: Point | null;
  after: Point;
}

export interface OverviewData {
  check: CheckReport;
  truth: Truth;
  segments: SegmentList;
  lead: Finding | null;
  leadLines: GroupLines | null;
  cards: StageCard[];
  gap: Gap | null;
}

/** The last day shown that was known on the day looked at. */
export function lastDay({ input, as_of: asOf }: CheckReport): IsoDay | null {
  return input.last_day !== null && input.last_day > asOf ? asOf : input.last_day;
}

export function isEmpty(check: CheckReport): boolean {
  return check.input.recommendations === 0;
}

/** The planned change since which too few days have passed to compare anything. */
export function newEpochOf({ epochs, annotations }: CheckReport): { since: IsoDay; firstAlertOn: IsoDay; titles: string[] } | null {
  const newest = epochs.at(-1);
  if (newest === undefined || epochs.length < 2 || newest.state !== 'collecting') return null;
  const titles = annotations.filter(({ id }) => newest.annotations.includes(id)).map(({ title }) => title);
  return { since: newest.since, firstAlertOn: newest.first_alert_on, titles };
}

async function onePoint(api: Api, stage: string, slice: Slice, span: Span | null): Promise<Point | null> {
  if (span === null) return null;
  const lines = await api.lines({ stage, slice, by: 'span', ...span });
  return lines[0]?.points[0] ?? null;
}

export async function loadGroupLines(api: Api, stage: StageSummary, slice: Slice): Promise<GroupLines | null> {
  const attribute = Object.keys(slice)[0] ?? null;
  if (attribute === null) {
    const [focus] = await api.lines({ stage: stage.stage });
    return focus === undefined ? null : { stage, attribute, focus, others: [] };
  }
  const within = Object.fromEntries(Object.entries(slice).filter(([name]) => name !== attribute));
  const lines = await api.lines({ stage: stage.stage, attribute, slice: within });
  const focus = lines.find((line) => sameSlice(line.slice, slice));
  return focus === undefined ? null : { stage, attribute, focus, others: lines.filter((line) => line !== focus) };
}

export async function loadGap(api: Api, stage: StageSummary, attribute: string, within: Slice, change: Change | null, firstDay: IsoDay | null): Promise<Gap | null> {
  const around = aroundChange(stage, firstDay, change);
  const through = stage.confirmed_through;
  if (firstDay === null || through === null) return null;
  const query = { stage: stage.stage, attribute, slice: within, by: 'span' as const };
  if (around === null) {
    const whole = await api.lines({ ...query, from: firstDay, to: through });
    const rows = whole.flatMap(({ slice, points: [after] }) => (after === undefined ? [] : [{ slice, before: null, after }]));
    return { stage, attribute, since: null, rows };
  }
  const [before, after] = await Promise.all([api.lines({ ...query, ...around.before }), api.lines({ ...query, ...around.after })]);
  const rows = after.flatMap(({ slice, points: [now] }) => {
    const then = before.find((line) => sameSlice(line.slice, slice))?.points[0] ?? null;
    return now === undefined ? [] : [{ slice, before: then, after: now }];
  });
  return { stage, attribute, since: change?.since ?? null, rows };
}

async function loadCard(api: Api, check: CheckReport, stage: StageSummary, change: Change | null): Promise<StageCard> {
  if (!stage.given) return { stage, days: [], week: null, usual: null, open: null };
  const first = check.input.first_day;
  const last = lastDay(check);
  const week = confirmedWeek(stage, first);
  const [lines, weekPoint, usual, open] = await Promise.all([
    api.lines({ stage: stage.stage }),
    onePoint(api, stage.stage, {}, week),
    onePoint(api, stage.stage, {}, usualSpan(first, week, change)),
    onePoint(api, stage.stage, {}, openSpan(stage, first, last)),
  ]);
  return { stage, days: lines[0]?.points ?? [], week: weekPoint, usual, open };
}

/** The attribute by which the overview compares groups: the lead's, else a customer attribute. */
export function gapAttribute(segments: SegmentList, lead: Finding | null): string | null {
  const usable = (attribute: SegmentAttribute) => attribute.values.filter((value) => !value.hidden).length >= 2;
  const own = Object.keys(lead?.slice ?? {})[0];
  const named = segments.attributes.find((attribute) => attribute.name === own);
  if (named !== undefined && usable(named)) return named.name;
  const customers = segments.attributes.filter((attribute) => attribute.kind === 'customer' && usable(attribute));
  return (customers.find((attribute) => attribute.name.includes('age')) ?? customers[0])?.name ?? null;
}

export async function loadOverview(api: Api): Promise<OverviewData> {
  const [check, truth, segments] = await Promise.all([api.check(), api.truth(), api.segments()]);
  const lead = leadOf(check.findings);
  const stageOf = (name: string | null) => check.stages.find((stage) => stage.stage === name) ?? null;
  const leadStage = lead?.kind === 'rate_shift' || lead?.kind === 'data_problem' ? stageOf(lead.stage) : null;
  const gapStage = leadStage ?? check.stages.find((stage) => stage.given) ?? null;
  const attribute = gapAttribute(segments, lead);
  const firstDay = check.input.first_day;
  if (isEmpty(check)) return { check, truth, segments, lead, leadLines: null, cards: [], gap: null };
  const [leadLines, gap, ...cards] = await Promise.all([
    leadStage === null || lead === null ? null : loadGroupLines(api, leadStage, lead.slice),
    gapStage === null || attribute === null ? null : loadGap(api, gapStage, attribute, {}, changeOf(lead), firstDay),
    ...check.stages.map((stage) => loadCard(api, check, stage, lead?.stage === stage.stage ? changeOf(lead) : null)),
  ]);
  return { check, truth, segments, lead, leadLines, cards, gap };
}
