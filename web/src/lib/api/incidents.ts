// The shapes of incidents, as the program sends them.
import type { components } from '../../generated/schema';

type Schemas = components['schemas'];

export type IncidentState = 'opened' | 'growing' | 'acknowledged' | 'accepted' | 'recovered' | 'judged_false' | 'faded' | 'merged';
export type JudgementAction = 'acknowledge' | 'accept' | 'false';

export interface IncidentStep {
  on: string;
  state: IncidentState;
  /** How the group was named until then. */
  renamed_from: Schemas['Slice'] | null;
}

export interface Judgement {
  action: JudgementAction;
  as_of: string;
  at: string;
  note: string;
}

export interface IncidentAnswers {
  what: string;
  who: string;
  since: string;
  sure: string;
  /** null: nothing is said of cost. */
  cost: string | null;
  check_next: string;
}

export interface Incident {
  id: string;
  state: IncidentState;
  opened_on: string;
  last_seen: string;
  acknowledged_on: string | null;
  closed_on: string | null;
  recovered_on: string | null;
  merged_into: string | null;
  finding: Schemas['Finding'];
  history: IncidentStep[];
  judgements: Judgement[];
  cost: { maturity: Schemas['Maturity'] } | null;
  answers: { en: IncidentAnswers; de: IncidentAnswers };
}

export interface IncidentList {
  as_of: string;
  incidents: Incident[];
  record: {
    raised: number;
    judged: number;
    judged_false: number;
    share: number | null;
    low: number | null;
    high: number | null;
    looks: number;
    first_look: string | null;
    message: Schemas['BothLines'];
  };
}
