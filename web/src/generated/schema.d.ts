// Generated from api/openapi.yaml.
export interface paths {
    "/api/v1/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole report, as `ripen check --format json` prints it */
        get: operations["getCheck"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The lines of a chart
         * @description One series for the slice asked for, or, with `attribute`, one for each of its values within
         *     that slice. A value under `smallest_group` is left out.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The findings, by level, then evidence */
        get: operations["getFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The attributes that are segments, with their values */
        get: operations["getSegments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/truth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When will we know: the settling calendar of every stage, and what becomes known next */
        get: operations["getTruth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/input": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was read, what was set aside and why */
        get: operations["getInput"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the program running */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Can the store be read */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Format: date
         * @example 2026-11-20
         */
        Day: string;
        /** Format: date */
        NullableDay: string | null;
        /** @description A fraction from 0 to 1 */
        Share: number;
        NullableShare: number | null;
        Count: number;
        NullableNumber: number | null;
        /** @enum {string} */
        Grain: "day" | "week" | "span";
        /** @enum {string} */
        Maturity: "confirmed" | "provisional" | "pending";
        /**
         * @description Why nothing honest can be said yet: `window_open` the days are too young; `no_outcome_times`
         *     the data give no outcome times; `answers_of_fast_only` only the fast deciders are known;
         *     `not_yet_snapshot` before the file's snapshot nothing of it was known; `too_few` under the
         *     smallest group or too few trials; `delay_changed` outcomes began to arrive later or earlier
         *     on these days; `no_base_events` a stage of a stage without any base event yet;
         *     `stage_not_given` the data hold no such stage.
         * @enum {string}
         */
        PendingReason: "window_open" | "no_outcome_times" | "answers_of_fast_only" | "not_yet_snapshot" | "too_few" | "delay_changed" | "no_base_events" | "stage_not_given";
        /**
         * @description A conjunction of attribute = value; `{}` is everything. A value that is missing in the data
         *     is `null`, a group of its own.
         * @example {
         *       "age_group": "25-34",
         *       "region": null
         *     }
         */
        Slice: {
            [key: string]: string | null;
        };
        /** @description A name as people read it */
        Label: {
            de: string;
            en: string;
        };
        /** @description The rate of a stage in a slice over the cohort days from..to (inclusive) */
        Metric: components["schemas"]["ConfirmedMetric"] | components["schemas"]["ProvisionalMetric"] | components["schemas"]["PendingMetric"];
        /** @description Settled for good but for later corrections, with the 90 % interval */
        ConfirmedMetric: {
            stage: string;
            slice: components["schemas"]["Slice"];
            from: components["schemas"]["Day"];
            to: components["schemas"]["Day"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            maturity: "confirmed";
            trials: components["schemas"]["Count"];
            events: components["schemas"]["Count"];
            rate: components["schemas"]["Share"];
            low: components["schemas"]["Share"];
            high: components["schemas"]["Share"];
            /**
             * @description Present when a later change moved a confirmed figure
             * @constant
             */
            revised?: true;
            /** @description The earlier confirmed rate; present with `revised` */
            was?: components["schemas"]["Share"];
        };
        /** @description Can still change; `low`..`high` is the calibrated 90 % range of the final figure */
        ProvisionalMetric: {
            stage: string;
            slice: components["schemas"]["Slice"];
            from: components["schemas"]["Day"];
            to: components["schemas"]["Day"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            maturity: "provisional";
            trials: components["schemas"]["Count"];
            events_so_far: components["schemas"]["Count"];
            rate: components["schemas"]["Share"];
            low: components["schemas"]["Share"];
            high: components["schemas"]["Share"];
            arrived_share: components["schemas"]["Share"];
            settles_on: components["schemas"]["Day"];
        };
        /** @description Nothing honest can be said yet; `least`..`most` bound the final figure */
        PendingMetric: {
            stage: string;
            slice: components["schemas"]["Slice"];
            from: components["schemas"]["Day"];
            to: components["schemas"]["Day"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            maturity: "pending";
            trials: components["schemas"]["Count"];
            events_so_far: components["schemas"]["Count"];
            rate: null;
            reason: components["schemas"]["PendingReason"];
            /** @description The morning of the first estimate; null when no date can be promised */
            first_estimate_on: components["schemas"]["NullableDay"];
            settles_on: components["schemas"]["NullableDay"];
            least: components["schemas"]["NullableShare"];
            most: components["schemas"]["NullableShare"];
        };
        Series: {
            slice: components["schemas"]["Slice"];
            points: components["schemas"]["Metric"][];
        };
        MetricSeries: {
            as_of: components["schemas"]["Day"];
            stage: string;
            by: components["schemas"]["Grain"];
            series: components["schemas"]["Series"][];
        };
        /** @description A finding in words */
        Message: {
            template: string;
            /** @description The numbers and names of the sentence, for one's own templates */
            params: {
                [key: string]: unknown;
            };
            en: components["schemas"]["Sentences"];
            de: components["schemas"]["Sentences"];
        };
        Sentences: {
            headline: string;
            details: string[];
        };
        /** @description A typed statement with its evidence; a key that does not apply is `null` */
        Finding: {
            id: string;
            /** @enum {string} */
            kind: "rate_shift" | "delay_shift" | "exposure_shift" | "fairness_gap" | "mix_shift" | "volume_shift" | "data_problem" | "estimate_check";
            /** @enum {string} */
            level: "alert" | "watch" | "info";
            stage: string | null;
            slice: components["schemas"]["Slice"];
            /** @description exposure_shift: what the group was shown */
            item_slice?: components["schemas"]["Slice"] | null;
            /** @description fairness_gap: the group it falls behind */
            against?: components["schemas"]["Slice"] | null;
            /**
             * @description Of `after` against `before`
             * @enum {string|null}
             */
            direction: "fall" | "rise" | null;
            worse: boolean | null;
            since: components["schemas"]["NullableDay"];
            since_earliest: components["schemas"]["NullableDay"];
            since_latest: components["schemas"]["NullableDay"];
            /** @description The level kept moving after `since` */
            gradual?: boolean;
            before: components["schemas"]["NullableNumber"];
            after: components["schemas"]["NullableNumber"];
            /** @enum {string|null} */
            maturity: "confirmed" | "provisional" | "pending" | null;
            /** @description Evidence times weight, 3 significant digits, capped at 36500 */
            evidence_days: number | null;
            /** @enum {string} */
            certainty: "very_sure" | "fairly_sure" | "too_early";
            trials_since: number | null;
            /** @description The id of the finding whose shadow this one is */
            explained_by: string | null;
            /** @description Attributes inside which the change is the same everywhere */
            same_in?: string[];
            /** @description Slices that the data cannot tell apart from this one */
            competitors?: components["schemas"]["Slice"][];
            /** @description data_problem: the rule */
            code?: string | null;
            observed?: components["schemas"]["NullableNumber"];
            expected?: components["schemas"]["NullableNumber"];
            /** @description mix_shift: the attribute whose shares moved */
            mix_attribute?: string | null;
            mix_terms?: {
                value: string | null;
                share_before: components["schemas"]["Share"];
                share_after: components["schemas"]["Share"];
            }[];
            /** @description mix_shift: the move of the total that the change of customers explains */
            mix_effect?: components["schemas"]["NullableNumber"];
            message: components["schemas"]["Message"];
        };
        FindingList: {
            as_of: components["schemas"]["Day"];
            findings: components["schemas"]["Finding"][];
        };
        Rejected: {
            reason: string;
            column: string | null;
            count: number;
            /**
             * @description File and line of the first one
             * @example file.csv:12
             */
            first: string;
            first_value?: string | null;
        };
        InputSummary: {
            rows: components["schemas"]["Count"];
            recommendations: components["schemas"]["Count"];
            outcomes?: components["schemas"]["Count"];
            duplicates: components["schemas"]["Count"];
            conflicts: components["schemas"]["Count"];
            orphan_outcomes: components["schemas"]["Count"];
            rejected: components["schemas"]["Rejected"][];
            first_day: components["schemas"]["NullableDay"];
            last_day: components["schemas"]["NullableDay"];
            /** @description Role or attribute -> column of the file */
            mapping: {
                [key: string]: string;
            };
            /** @description What the reader should know about how the files were read */
            notes?: string[];
        };
        StageSummary: {
            stage: string;
            of: string;
            window_days: number;
            lateness_days: number;
            /** @enum {string} */
            direction?: "more_is_better" | "more_is_worse";
            /** @description Whether the data hold this stage at all */
            given: boolean;
            has_outcome_times?: boolean;
            confirmed_through: components["schemas"]["NullableDay"];
            confirmed_share: components["schemas"]["Share"];
        };
        CheckReport: {
            /** @description The version of the program */
            ripen: string;
            as_of: components["schemas"]["Day"];
            interval: components["schemas"]["Share"];
            seed: number;
            groups_checked?: components["schemas"]["Count"];
            input: components["schemas"]["InputSummary"];
            stages: components["schemas"]["StageSummary"][];
            metrics: components["schemas"]["Metric"][];
            findings: components["schemas"]["Finding"][];
        };
        InputAnswer: {
            as_of: components["schemas"]["Day"];
            input: components["schemas"]["InputSummary"];
        };
        SegmentValue: {
            value: string | null;
            label: components["schemas"]["Label"];
            /** @description null for a hidden value */
            recommendations: number | null;
            /** @description Under the smallest group; no figure of it is shown */
            hidden: boolean;
        };
        SegmentAttribute: {
            name: string;
            /** @enum {string} */
            kind: "customer" | "item" | "context";
            label: components["schemas"]["Label"];
            values: components["schemas"]["SegmentValue"][];
        };
        SegmentList: {
            as_of: components["schemas"]["Day"];
            attributes: components["schemas"]["SegmentAttribute"][];
        };
        /** @description One cohort day of one stage */
        TruthDay: {
            day: components["schemas"]["Day"];
            maturity: components["schemas"]["Maturity"];
            trials: components["schemas"]["Count"];
            /** @description Of the eventual outcomes; null when not known */
            arrived_share: components["schemas"]["NullableShare"];
            first_estimate_on: components["schemas"]["NullableDay"];
            settles_on: components["schemas"]["NullableDay"];
        };
        TruthStage: {
            stage: string;
            of: string;
            window_days: number;
            lateness_days: number;
            /** @enum {string} */
            direction?: "more_is_better" | "more_is_worse";
            given: boolean;
            has_outcome_times?: boolean;
            confirmed_through: components["schemas"]["NullableDay"];
            confirmed_share: components["schemas"]["Share"];
            days: components["schemas"]["TruthDay"][];
        };
        /** @description What becomes known next */
        NextAnswer: {
            on: components["schemas"]["Day"];
            stage: string;
            from: components["schemas"]["Day"];
            to: components["schemas"]["Day"];
            /** @enum {string} */
            what: "confirmed" | "first_estimate";
        };
        Truth: {
            as_of: components["schemas"]["Day"];
            stages: components["schemas"]["TruthStage"][];
            next: components["schemas"]["NextAnswer"][];
        };
        Health: {
            /** @constant */
            status: "ok";
            /** @description The version of the program */
            ripen: string;
        };
        Readiness: {
            /** @constant */
            status: "ready";
        };
        /** @description RFC 9457 */
        Problem: {
            /** @constant */
            type: "about:blank";
            /** @description What the status means */
            title: string;
            status: number;
            /** @description One sentence with the offending value */
            detail: string;
            /** @enum {string} */
            code: "invalid_argument" | "not_found" | "already_exists" | "out_of_range" | "failed_precondition" | "data_loss" | "unavailable" | "timeout" | "cancelled" | "internal";
            /** @description The parameter that was wrong, if one was */
            parameter?: string;
        };
    };
    responses: {
        /** @description A problem document */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description The day whose knowledge is asked for: everything that had arrived before the next local
         *     midnight. Without it, the store's default day.
         */
        AsOf: components["schemas"]["Day"];
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getCheck: {
        parameters: {
            query?: {
                /**
                 * @description The day whose knowledge is asked for: everything that had arrived before the next local
                 *     midnight. Without it, the store's default day.
                 */
                as_of?: components["parameters"]["AsOf"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckReport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMetrics: {
        parameters: {
            query: {
                /**
                 * @description The day whose knowledge is asked for: everything that had arrived before the next local
                 *     midnight. Without it, the store's default day.
                 */
                as_of?: components["parameters"]["AsOf"];
                /** @description A configured stage, such as `click` */
                stage: string;
                /** @description One figure a cohort day, a week (Monday to Sunday) or one for the whole span */
                by?: components["schemas"]["Grain"];
                /** @description One series for each value of this attribute */
                attribute?: string;
                /** @description Within this slice, a JSON object such as `{"age_group":"25-34"}` */
                slice?: string;
                /** @description The first cohort day; by default the first one stored */
                from?: components["schemas"]["Day"];
                /** @description The last cohort day (inclusive); by default the last one known */
                to?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The series */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricSeries"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getFindings: {
        parameters: {
            query?: {
                /**
                 * @description The day whose knowledge is asked for: everything that had arrived before the next local
                 *     midnight. Without it, the store's default day.
                 */
                as_of?: components["parameters"]["AsOf"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The findings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSegments: {
        parameters: {
            query?: {
                /**
                 * @description The day whose knowledge is asked for: everything that had arrived before the next local
                 *     midnight. Without it, the store's default day.
                 */
                as_of?: components["parameters"]["AsOf"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attributes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getTruth: {
        parameters: {
            query?: {
                /**
                 * @description The day whose knowledge is asked for: everything that had arrived before the next local
                 *     midnight. Without it, the store's default day.
                 */
                as_of?: components["parameters"]["AsOf"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The settling calendar */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Truth"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getInput: {
        parameters: {
            query?: {
                /**
                 * @description The day whose knowledge is asked for: everything that had arrived before the next local
                 *     midnight. Without it, the store's default day.
                 */
                as_of?: components["parameters"]["AsOf"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account of the input */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InputAnswer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
