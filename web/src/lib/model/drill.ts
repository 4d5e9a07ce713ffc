// What the drill page asks: "would we notice?", of which stage, group and change.
import type { Api } from '../api/client';
import type { CheckReport, Drill, DrillAnswer, DrillRequest, DrillSize, SegmentList, Slice, StageSummary } from '../api/types';
import type { IsoDay } from '../figure';
import type { Route } from '../route';
import { sameSlice } from './findings';
import type { GroupNames } from './names';

export interface DrillSettings {
  stage: string;
  slice: Slice;
  /** Percent of what it is: -25 is a fall of a quarter. */
  percent: number;
  days: number;
  /** null: as known now. */
  asOf: IsoDay | null;
}

const usualPercent = -25;
const usualDays = 10;

/** The stages that can be replayed: it must be known when their answers came. */
export function stagesToTry(check: CheckReport): StageSummary[] {
  return check.stages.filter((stage) => stage.given && stage.has_outcome_times);
}

/** What the address asks, and the usual where it says nothing; null where no stage can be tried. */
export function settingsOf(route: Pick<Route, 'stage' | 'slice' | 'change' | 'days' | 'asOf'>, check: CheckReport): DrillSettings | null {
  const stages = stagesToTry(check);
  const stage = stages.find((each) => each.stage === route.stage) ?? stages[0];
  if (stage === undefined) return null;
  return { stage: stage.stage, slice: route.slice, percent: route.change ?? usualPercent, days: route.days ?? usualDays, asOf: route.asOf };
}

export function requestOf({ stage, slice, percent, days, asOf }: DrillSettings): DrillRequest {
  // As decimals say it: -12.5 % is -0.125, not -0.12500000000000003.
  const request = { stage, slice, change: Number((percent / 100).toFixed(6)), days };
  return asOf === null ? request : { ...request, as_of: asOf };
}

/** Whether an answer is about these settings. */
export function isAbout(result: Drill, settings: DrillSettings): boolean {
  const asked = requestOf(settings);
  return (
    result.stage === asked.stage && sameSlice(result.slice, settings.slice) && Math.abs(result.change - asked.change) < 1e-6 &&
    result.days === asked.days && (settings.asOf === null || result.as_of === settings.asOf)
  );
}

/** The line of the size that was asked for. */
export function askedSize(result: Drill): DrillSize | null {
  return result.sizes.find(({ change }) => Math.abs(change - result.change) < 1e-6) ?? null;
}

/** The conditions of a group, in the order in which they are chosen. */
export type Condition = [attribute: string, value: string | null];

export interface Choices {
  attributes: { name: string; text: string }[];
  values: { value: string | null; text: string }[];
}

/** What can be chosen for one condition, given the others; values too small to be shown cannot. */
export function choicesFor(segments: SegmentList, names: GroupNames, conditions: readonly Condition[], at: number): Choices {
  const taken = conditions.filter((_, i) => i !== at).map(([attribute]) => attribute);
  const chosen = segments.attributes.find(({ name }) => name === conditions[at]?.[0]);
  return {
    attributes: segments.attributes
      .filter(({ name, values }) => !taken.includes(name) && values.some(({ hidden }) => !hidden))
      .map(({ name }) => ({ name, text: names.attribute(name) })),
    values: (chosen?.values ?? [])
      .filter(({ hidden }) => !hidden)
      .map(({ value }) => ({ value, text: names.value(chosen?.name ?? '', value) })),
  };
}

/** The group with one condition changed: another attribute starts with its first value; null drops it and what follows. */
export function withAttribute(segments: SegmentList, conditions: readonly Condition[], at: number, attribute: string | null): Slice {
  const first = segments.attributes.find(({ name }) => name === attribute)?.values.find(({ hidden }) => !hidden);
  if (attribute === null || first === undefined) return Object.fromEntries(conditions.slice(0, at));
  const kept = conditions.filter(([name], i) => i !== at && name !== attribute);
  return Object.fromEntries([...kept.slice(0, at), [attribute, first.value], ...kept.slice(at)]);
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Asks how far a drill is until it has ended, or until nobody wants to know any more. */
export async function followDrill(
  api: Pick<Api, 'drill'>,
  id: string,
  told: (answer: DrillAnswer) => void,
  wanted: () => boolean,
  wait: (milliseconds: number) => Promise<void> = pause,
): Promise<void> {
  for (let turn = 0; wanted(); turn++) {
    const answer = await api.drill(id);
    if (!wanted()) return;
    told(answer);
    if (answer.state === 'done' || answer.state === 'failed') return;
    await wait(turn < 8 ? 250 : 1000);
  }
}
