// What the page of all groups of one attribute asks.
import type { Api } from '../api/client';
import type { Line, Point } from '../api/decode';
import type { CheckReport, Finding, SegmentAttribute, SegmentList, Slice, StageSummary } from '../api/types';
import type { IsoDay } from '../figure';
import { alertsOf, leadOf, sameSlice, verdictOf, type Verdict } from './findings';
import { changeOf, type Change } from './spans';
import { gapAttribute, isEmpty, loadGap, type Gap } from './overview';

/** One group: its days, and its figures before a change and since, or over the whole time. */
export interface GroupRow {
  slice: Slice;
  recommendations: number;
  days: Line;
  before: Point | null;
  after: Point | null;
}

export interface GroupsData {
  check: CheckReport;
  segments: SegmentList;
  stage: StageSummary | null;
  attribute: SegmentAttribute | null;
  since: IsoDay | null;
  rows: GroupRow[];
  /** Values with too few recommendations. */
  hidden: (string | null)[];
  /** What the findings say about groups of this attribute. */
  findings: Finding[];
}

/** The stage asked for, else that of the lead, else the first that the data hold. */
export function stageOf(check: CheckReport, wanted: string | null): StageSummary | null {
  const given = check.stages.filter((stage) => stage.given);
  const named = (name: string | null | undefined) => given.find((stage) => stage.stage === name);
  return named(wanted) ?? named(leadOf(check.findings)?.stage) ?? given[0] ?? null;
}

/** The change of a group of this attribute in this stage, else of any: where the comparison is cut. */
export function cutOf(findings: readonly Finding[], stage: string, attribute: string): Change | null {
  const ofStage = alertsOf(findings).filter((finding) => finding.stage === stage && finding.since !== null);
  const own = ofStage.find((finding) => attribute in finding.slice);
  return changeOf(own ?? ofStage[0] ?? null);
}

/** What can be said of a group: what the findings say, or nothing while no day is confirmed. */
export function verdictOfRow(findings: readonly Finding[], stage: string, row: GroupRow): Verdict | 'unknown' {
  const verdict = verdictOf(findings, stage, row.slice);
  return verdict === 'usual' && row.after?.figure.maturity !== 'confirmed' ? 'unknown' : verdict;
}

/** Groups with their days and figures, largest first. */
export function groupRows(attribute: SegmentAttribute, days: readonly Line[], gap: Gap | null, within: Slice = {}): GroupRow[] {
  return attribute.values
    .filter((value) => !value.hidden)
    .flatMap((value) => {
      const slice = { ...within, [attribute.name]: value.value };
      const line = days.find((candidate) => sameSlice(candidate.slice, slice));
      if (line === undefined) return [];
      const figures = gap?.rows.find((row) => sameSlice(row.slice, slice));
      return [{ slice: line.slice, recommendations: value.recommendations ?? 0, days: line, before: figures?.before ?? null, after: figures?.after ?? null }];
    });
}

export async function loadGroups(api: Api, wantedAttribute: string | null, wantedStage: string | null): Promise<GroupsData> {
  const [check, segments] = await Promise.all([api.check(), api.segments()]);
  const stage = stageOf(check, wantedStage);
  const attribute =
    segments.attributes.find(({ name }) => name === wantedAttribute) ??
    segments.attributes.find(({ name }) => name === gapAttribute(segments, leadOf(check.findings))) ??
    segments.attributes[0] ??
    null;
  if (isEmpty(check) || stage === null || attribute === null) {
    return { check, segments, stage, attribute, since: null, rows: [], hidden: [], findings: [] };
  }
  const cut = cutOf(check.findings, stage.stage, attribute.name);
  const [days, gap] = await Promise.all([
    api.lines({ stage: stage.stage, attribute: attribute.name }),
    loadGap(api, stage, attribute.name, {}, cut, check.input.first_day),
  ]);
  return {
    check,
    segments,
    stage,
    attribute,
    since: gap?.since ?? null,
    rows: groupRows(attribute, days, gap),
    hidden: attribute.values.filter((value) => value.hidden).map((value) => value.value),
    findings: check.findings.filter((finding) => finding.stage === stage.stage && attribute.name in finding.slice && finding.explained_by === null),
  };
}
