// Names for the shapes of the contract. Only this folder and the page models read them.
import type { components } from '../../generated/schema';

type Schemas = components['schemas'];

export type Metric = Schemas['Metric'];
export type Slice = Schemas['Slice'];
export type Finding = Schemas['Finding'];
export type CheckReport = Schemas['CheckReport'];
export type TotalMove = Schemas['TotalMove'];
export type MoveTerm = Schemas['MoveTerm'];
export type MoveEffect = Schemas['MoveEffect'];
export type MetricSeries = Schemas['MetricSeries'];
export type SegmentList = Schemas['SegmentList'];
export type SegmentAttribute = Schemas['SegmentAttribute'];
export type SegmentValue = Schemas['SegmentValue'];
export type Truth = Schemas['Truth'];
export type TruthStage = Schemas['TruthStage'];
export type TruthDay = Schemas['TruthDay'];
export type NextAnswer = Schemas['NextAnswer'];
export type StageSummary = Schemas['StageSummary'];
export type Problem = Schemas['Problem'];
export type SideBySide = Schemas['SideBySide'];
export type Sides = Schemas['Sides'];
export type DrillRequest = Schemas['DrillRequest'];
export type DrillAnswer = Schemas['DrillAnswer'];
export type DrillSize = Schemas['DrillSize'];
export type Drill = Schemas['Drill'];
export type Incident = Schemas['Incident'];
export type IncidentState = Schemas['IncidentState'];
export type IncidentAnswers = Schemas['IncidentAnswers'];
export type IncidentCost = Schemas['IncidentCost'];
export type IncidentList = Schemas['Incidents'];
export type Judgement = Schemas['Judgement'];
export type JudgementAction = Judgement['action'];
