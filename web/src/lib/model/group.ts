// What the page of one group asks.
import type { Api } from '../api/client';
import type { Point } from '../api/decode';
import type { CheckReport, Finding, SegmentList, Slice, StageSummary } from '../api/types';
import type { IsoDay } from '../figure';
import { findingOf, sameSlice } from './findings';
import { groupRows, stageOf, type GroupRow } from './groups';
import { lastDay, loadGap, loadGroupLines, type Gap, type GroupLines } from './overview';
import { aroundChange, changeOf, openSpan, type Change, type Span } from './spans';

/** One stage of the group: confirmed before and since the change, and what is still open. */
export interface GroupStage {
  stage: StageSummary;
  days: Point[];
  before: Point | null;
  after: Point | null;
  open: Point | null;
}

export interface GroupData {
  check: CheckReport;
  segments: SegmentList;
  slice: Slice;
  stage: StageSummary;
  finding: Finding | null;
  /** Other findings about exactly this group. */
  others: Finding[];
  since: IsoDay | null;
  lines: GroupLines | null;
  /** The figures of the stage looked at. */
  own: GroupStage;
  /** The stages after it. */
  later: GroupStage[];
  /** The groups beside it. */
  neighbours: GroupRow[];
  /** The group split by another attribute. */
  inside: Gap | null;
  insideChoices: string[];
  /** Its part of all recommendations. */
  share: number | null;
}

async function pointOver(api: Api, stage: string, slice: Slice, span: Span | null): Promise<Point | null> {
  if (span === null) return null;
  return (await api.lines({ stage, slice, by: 'span', ...span }))[0]?.points[0] ?? null;
}

async function loadStage(api: Api, check: CheckReport, stage: StageSummary, slice: Slice, change: Change | null): Promise<GroupStage> {
  const first = check.input.first_day;
  const last = lastDay(check);
  const around = aroundChange(stage, first, change);
  const whole = first !== null && stage.confirmed_through !== null && stage.confirmed_through >= first ? { from: first, to: stage.confirmed_through } : null;
  const [lines, before, after, open] = await Promise.all([
    api.lines({ stage: stage.stage, slice }),
    pointOver(api, stage.stage, slice, around?.before ?? null),
    pointOver(api, stage.stage, slice, around?.after ?? whole),
    pointOver(api, stage.stage, slice, openSpan(stage, first, last)),
  ]);
  return { stage, days: lines[0]?.points ?? [], before, after, open };
}

/** Figures exist for groups of at most so many attributes. */
const mostAttributes = 2;

/** Attributes the group can be split by: those it is not made of, with two values to show. */
export function insideChoices(segments: SegmentList, slice: Slice): string[] {
  if (Object.keys(slice).length >= mostAttributes) return [];
  return segments.attributes
    .filter(({ name, values }) => !(name in slice) && values.filter((value) => !value.hidden).length >= 2)
    .map(({ name }) => name);
}

/** The group's part of all recommendations; null where the groups' sizes do not tell. */
export function shareOf(segments: SegmentList, slice: Slice): number | null {
  const [name, ...more] = Object.keys(slice);
  if (name === undefined || more.length > 0) return null;
  const values = segments.attributes.find((attribute) => attribute.name === name)?.values ?? [];
  const own = values.find(({ value }) => value === slice[name])?.recommendations ?? null;
  const all = values.reduce((sum, { recommendations }) => sum + (recommendations ?? 0), 0);
  return own === null || all === 0 ? null : own / all;
}

/** null: the data hold no stage at all. */
export async function loadGroup(api: Api, slice: Slice, wantedStage: string | null, wantedInside: string | null): Promise<GroupData | null> {
  const [check, segments] = await Promise.all([api.check(), api.segments()]);
  const own = check.findings.filter((finding) => sameSlice(finding.slice, slice));
  const stage = stageOf(check, wantedStage ?? own.find((finding) => finding.explained_by === null)?.stage ?? own[0]?.stage ?? null);
  if (stage === null) return null;
  const finding = findingOf(check.findings, stage.stage, slice);
  const change = changeOf(finding);
  const firstDay = check.input.first_day;
  const given = check.stages.filter((other) => other.given);
  const choices = insideChoices(segments, slice);
  const splitBy = choices.find((name) => name === wantedInside) ?? choices[0] ?? null;
  const [first] = Object.keys(slice);
  const attribute = segments.attributes.find(({ name }) => name === first) ?? null;
  const within = Object.fromEntries(Object.entries(slice).filter(([name]) => name !== first));
  const [lines, figures, inside, neighbourGap, ...later] = await Promise.all([
    loadGroupLines(api, stage, slice),
    loadStage(api, check, stage, slice, change),
    splitBy === null ? null : loadGap(api, stage, splitBy, slice, change, firstDay),
    attribute === null ? null : loadGap(api, stage, attribute.name, within, change, firstDay),
    ...given.slice(given.indexOf(stage) + 1).map((other) => loadStage(api, check, other, slice, change)),
  ]);
  const neighbours = attribute === null || lines === null ? [] : groupRows(attribute, [lines.focus, ...lines.others], neighbourGap, within);
  return {
    check,
    segments,
    slice,
    stage,
    finding,
    others: own.filter((other) => other.id !== finding?.id),
    since: neighbourGap?.since ?? change?.since ?? null,
    lines,
    own: figures,
    later,
    neighbours,
    inside,
    insideChoices: choices,
    share: shareOf(segments, slice),
  };
}
