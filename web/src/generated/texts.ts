// Generated from i18n/en.json and i18n/de.json.
/** The names of the values that each text needs. */
export interface TextValues {
  "stage.click.label": never;
  "stage.click.plural": never;
  "stage.click.known": never;
  "stage.click.so_far": 'count' | 'trials';
  "stage.purchase.label": never;
  "stage.purchase.plural": never;
  "stage.purchase.so_far": 'count' | 'trials';
  "stage.purchase.known": never;
  "stage.return.label": never;
  "stage.return.plural": never;
  "stage.return.so_far": 'count' | 'trials';
  "stage.return.known": never;
  "stage.other.label": 'stage';
  "stage.other.plural": 'stage';
  "stage.other.so_far": 'count' | 'stage' | 'trials';
  "stage.other.known": 'stage';
  "maturity.confirmed": never;
  "maturity.provisional": never;
  "maturity.pending": never;
  "pending.window_open": never;
  "pending.no_outcome_times": never;
  "pending.answers_of_fast_only": never;
  "pending.not_yet_snapshot": never;
  "pending.too_few": never;
  "pending.delay_changed": never;
  "pending.no_base_events": never;
  "pending.stage_not_given": never;
  "ui.product": never;
  "ui.skip": never;
  "ui.nav.main": never;
  "ui.nav.tabs": never;
  "ui.nav.overview": never;
  "ui.nav.groups": never;
  "ui.nav.collections": never;
  "ui.nav.alerts": never;
  "ui.nav.calendar": never;
  "ui.nav.short.overview": never;
  "ui.nav.short.groups": never;
  "ui.nav.short.collections": never;
  "ui.nav.short.alerts": never;
  "ui.nav.short.calendar": never;
  "ui.nav.open_alerts": 'n';
  "ui.tools.language": never;
  "ui.tools.dark": never;
  "ui.tools.print": never;
  "ui.title": 'page';
  "ui.truth.region": never;
  "ui.truth.as_of": never;
  "ui.truth.earlier": never;
  "ui.truth.earlier.day": never;
  "ui.truth.earlier.show": never;
  "ui.truth.earlier.close": never;
  "ui.truth.confirmed_to": never;
  "ui.truth.no_day": never;
  "ui.truth.not_given": never;
  "ui.truth.travel": 'day';
  "ui.truth.newest": never;
  "ui.legend": never;
  "ui.dated": never;
  "ui.in_100": never;
  "ui.in_100.purchase": never;
  "ui.in_100.click": never;
  "ui.in_100.other": 'base';
  "ui.stage.click.of": never;
  "ui.stage.purchase.of": never;
  "ui.stage.return.of": never;
  "ui.stage.other.of": 'stage';
  "ui.stage.click.short": never;
  "ui.stage.purchase.short": never;
  "ui.stage.return.short": never;
  "ui.stage.other.short": 'stage';
  "ui.stage.click.noun": never;
  "ui.stage.purchase.noun": never;
  "ui.stage.return.noun": never;
  "ui.stage.click.dot": never;
  "ui.stage.purchase.dot": never;
  "ui.stage.return.dot": never;
  "ui.stage.other.dot": 'stage';
  "ui.known_after": 'n';
  "ui.confirmed_after": 'n';
  "ui.sure.very_sure": never;
  "ui.sure.fairly_sure": never;
  "ui.sure.too_early": never;
  "ui.sure.name": never;
  "ui.figure.about": 'mid' | 'range';
  "ui.figure.spoken.confirmed": 'value';
  "ui.figure.spoken.provisional": 'day' | 'high' | 'low' | 'mid';
  "ui.figure.spoken.pending": never;
  "ui.figure.revised": 'was';
  "ui.provisional.line": 'day' | 'floor' | 'mid' | 'period' | 'range';
  "ui.pending.line.both": 'first' | 'last' | 'period';
  "ui.pending.line.last": 'last' | 'period';
  "ui.pending.line.first": 'first' | 'period';
  "ui.pending.line.none": 'period';
  "ui.pending.so_far": 'events' | 'trials';
  "ui.pending.bounds": 'range';
  "ui.pending.at_least": 'least';
  "ui.card.usual": 'usual';
  "ui.card.fewer": 'usual';
  "ui.card.more": 'usual';
  "ui.card.range": 'range' | 'usual';
  "ui.card.before": 'usual';
  "ui.card.no_usual": never;
  "ui.card.nothing_confirmed": never;
  "ui.card.not_given": 'stage';
  "ui.card.open": 'period';
  "ui.chart.usual": 'value';
  "ui.chart.band": 'range';
  "ui.chart.band.short": 'range';
  "ui.chart.since": 'day';
  "ui.chart.others": never;
  "ui.chart.others.of": 'attribute';
  "ui.chart.all": never;
  "ui.chart.pending": never;
  "ui.chart.last_provisional": never;
  "ui.chart.tip": never;
  "ui.chart.keys": never;
  "ui.chart.role": never;
  "ui.chart.line.name": 'group' | 'period' | 'what';
  "ui.chart.line.change": 'day' | 'now' | 'was';
  "ui.chart.bars.name": 'confirmed' | 'pending' | 'period' | 'provisional' | 'what';
  "ui.chart.reader": 'day' | 'value';
  "ui.chart.empty": never;
  "ui.table.show": never;
  "ui.table.day": never;
  "ui.table.group": never;
  "ui.table.state": never;
  "ui.table.so_far": never;
  "ui.table.settles": never;
  "ui.table.shown": never;
  "ui.table.bought": never;
  "ui.table.counted": never;
  "ui.table.before": 'day';
  "ui.table.since": 'day';
  "ui.table.whole": never;
  "ui.table.arrived": never;
  "ui.table.none": never;
  "ui.overview.title": never;
  "ui.overview.heading": never;
  "ui.overview.attention": never;
  "ui.overview.watch": never;
  "ui.overview.calm": never;
  "ui.overview.calm.title": never;
  "ui.overview.calm.body": 'n';
  "ui.overview.calm.unwatched": never;
  "ui.overview.instead": never;
  "ui.overview.big.since": 'day';
  "ui.overview.see": never;
  "ui.overview.more": 'n';
  "ui.overview.also": never;
  "ui.overview.also.none": never;
  "ui.overview.checked": 'n';
  "ui.overview.checked.rest": 'attributes';
  "ui.overview.checked.all": 'attributes';
  "ui.overview.stages": never;
  "ui.overview.calendar": never;
  "ui.overview.next": never;
  "ui.overview.next.none": never;
  "ui.overview.gap": 'attribute' | 'what';
  "ui.overview.gap.now": 'day' | 'gap' | 'was';
  "ui.overview.gap.only": 'gap';
  "ui.overview.collections": never;
  "ui.overview.collections.none": never;
  "ui.overview.collections.later": 'n';
  "ui.next.confirmed": 'period' | 'stage';
  "ui.next.first_estimate": 'period' | 'stage';
  "ui.calendar.arrived": never;
  "ui.calendar.today": never;
  "ui.calendar.as_of": 'day';
  "ui.calendar.name": 'stages';
  "ui.calendar.stage.to": 'day' | 'stage';
  "ui.calendar.stage.none": 'stage';
  "ui.calendar.title": never;
  "ui.calendar.lead": never;
  "ui.calendar.heading": never;
  "ui.calendar.rules": never;
  "ui.calendar.rule.shown": 'n' | 'stage';
  "ui.calendar.rule.of": 'base' | 'n' | 'stage';
  "ui.calendar.rule.late": 'n';
  "ui.calendar.can_quote": never;
  "ui.calendar.share": 'share';
  "ui.groups.title": never;
  "ui.groups.heading": never;
  "ui.groups.attribute": never;
  "ui.groups.stage": never;
  "ui.groups.kind.customer": never;
  "ui.groups.kind.item": never;
  "ui.groups.kind.context": never;
  "ui.groups.multiples": 'period' | 'what';
  "ui.groups.table": 'attribute';
  "ui.groups.usual": never;
  "ui.groups.fell": never;
  "ui.groups.rose": never;
  "ui.groups.watch": never;
  "ui.groups.follows": never;
  "ui.groups.small": never;
  "ui.groups.small.sentence": never;
  "ui.groups.small.some": 'are' | 'is' | 'n' | 'names';
  "ui.groups.no_attributes": never;
  "ui.groups.more": 'all' | 'n';
  "ui.groups.same": 'attribute';
  "ui.groups.others_usual": 'attribute';
  "ui.multiples.before": 'was';
  "ui.multiples.name": 'day' | 'group' | 'now' | 'was' | 'what';
  "ui.multiples.name.only": 'group' | 'now' | 'what';
  "ui.group.crumbs": never;
  "ui.group.since": 'day';
  "ui.group.watch": 'day';
  "ui.group.info": never;
  "ui.group.usual.eyebrow": never;
  "ui.group.usual.title": 'group';
  "ui.group.usual.title.figure": 'group' | 'value' | 'what';
  "ui.group.small.title": 'group';
  "ui.group.small.body": never;
  "ui.group.unknown.title": never;
  "ui.group.dots": never;
  "ui.group.dots.name": 'n';
  "ui.group.dots.before": never;
  "ui.group.dots.tiny": 'value';
  "ui.group.dots.note": 'period' | 'trials';
  "ui.group.dots.trials": 'n';
  "ui.group.who_else": 'period' | 'what';
  "ui.group.answers": never;
  "ui.group.what": never;
  "ui.group.who": never;
  "ui.group.when": never;
  "ui.group.sure": never;
  "ui.group.cost": never;
  "ui.group.check": never;
  "ui.group.what.fall": 'now' | 'stage' | 'was';
  "ui.group.what.rise": 'now' | 'stage' | 'was';
  "ui.group.who.share": 'group' | 'share';
  "ui.group.when.range": 'day' | 'from' | 'to';
  "ui.group.when.day": 'day';
  "ui.group.sure.confirmed": 'sure';
  "ui.group.sure.provisional": 'sure';
  "ui.group.sure.pending": 'sure';
  "ui.group.cost.none": never;
  "ui.group.check.shown": 'day';
  "ui.group.inside": 'what';
  "ui.group.inside.pick": never;
  "ui.group.inside.none": never;
  "ui.group.inside.small": never;
  "ui.group.after": never;
  "ui.group.change": never;
  "ui.group.change.nothing": 'period' | 'stage';
  "ui.group.change.until": 'day' | 'period' | 'stage';
  "ui.group.change.open": 'period' | 'stage';
  "ui.group.other_findings": never;
  "ui.key.before": 'day';
  "ui.key.since": 'day';
  "ui.alerts.title": never;
  "ui.alerts.heading": never;
  "ui.alerts.alert": never;
  "ui.alerts.watch": never;
  "ui.alerts.watch.lead": never;
  "ui.alerts.info": never;
  "ui.alerts.none": never;
  "ui.alerts.none.body": 'n';
  "ui.alerts.follows": never;
  "ui.alerts.see": never;
  "ui.alerts.since": 'day';
  "ui.alerts.evidence": never;
  "ui.collections.title": never;
  "ui.collections.heading": never;
  "ui.collections.see_groups": never;
  "ui.empty.title": never;
  "ui.empty.body": never;
  "ui.loading": never;
  "ui.error.title": never;
  "ui.error.unreachable": never;
  "ui.error.code": 'code';
  "ui.error.retry": never;
  "ui.missing.title": never;
  "ui.missing.home": never;
  "ui.value.missing": never;
  "ui.group.name": 'attribute' | 'value';
  "ui.everyone": never;
}
export const en: Record<keyof TextValues, string> = {
  "stage.click.label": "Clicked",
  "stage.click.plural": "clicks",
  "stage.click.known": "clicks",
  "stage.click.so_far": "{count} of {trials} clicked so far",
  "stage.purchase.label": "Bought",
  "stage.purchase.plural": "purchases",
  "stage.purchase.so_far": "{count} of {trials} bought so far",
  "stage.purchase.known": "purchases",
  "stage.return.label": "Sent back",
  "stage.return.plural": "returns",
  "stage.return.so_far": "{count} of {trials} sent back so far",
  "stage.return.known": "returns",
  "stage.other.label": "{stage}",
  "stage.other.plural": "{stage}",
  "stage.other.so_far": "{count} of {trials} with {stage} so far",
  "stage.other.known": "answers for {stage}",
  "maturity.confirmed": "Confirmed",
  "maturity.provisional": "Provisional",
  "maturity.pending": "Not yet known",
  "pending.window_open": "Some of these days are too young: answers can still come.",
  "pending.no_outcome_times": "The file does not say when the answers came, so nothing can be said before the days are confirmed.",
  "pending.answers_of_fast_only": "Only the answers of quick deciders are known so far; they would give a false picture.",
  "pending.not_yet_snapshot": "On this day the answers in the file were not known yet.",
  "pending.too_few": "There are too few cases for an honest figure.",
  "pending.delay_changed": "Answers have been arriving at another speed lately, so an estimate would mislead.",
  "pending.no_base_events": "Nothing has happened yet that this figure could count from.",
  "pending.stage_not_given": "The data do not contain this.",
  "ui.product": "Ripen",
  "ui.skip": "Skip to content",
  "ui.nav.main": "Main menu",
  "ui.nav.tabs": "Bottom menu",
  "ui.nav.overview": "Overview",
  "ui.nav.groups": "Customer groups",
  "ui.nav.collections": "Collections",
  "ui.nav.alerts": "Alerts",
  "ui.nav.calendar": "When will we know?",
  "ui.nav.short.overview": "Overview",
  "ui.nav.short.groups": "Groups",
  "ui.nav.short.collections": "Collections",
  "ui.nav.short.alerts": "Alerts",
  "ui.nav.short.calendar": "Calendar",
  "ui.nav.open_alerts": "{n, plural, one {# open} other {# open}}",
  "ui.tools.language": "Language",
  "ui.tools.dark": "Dark",
  "ui.tools.print": "Print",
  "ui.title": "{page} · Ripen",
  "ui.truth.region": "How current the figures are",
  "ui.truth.as_of": "As we knew it at the end of",
  "ui.truth.earlier": "See an earlier date",
  "ui.truth.earlier.day": "Show what we knew at the end of",
  "ui.truth.earlier.show": "Show",
  "ui.truth.earlier.close": "Close",
  "ui.truth.confirmed_to": "Confirmed up to",
  "ui.truth.no_day": "no day yet",
  "ui.truth.not_given": "not in the data",
  "ui.truth.travel": "You are looking at what we knew at the end of {day}, not at what we know now.",
  "ui.truth.newest": "Back to the newest",
  "ui.legend": "Filled = confirmed, hatched = provisional (can still change), dotted = not yet known. The same three marks are used on every page and in print.",
  "ui.dated": "All figures are dated by the day the recommendation was shown.",
  "ui.in_100": "in 100",
  "ui.in_100.purchase": "in 100 bought",
  "ui.in_100.click": "in 100 clicked",
  "ui.in_100.other": "in 100 with {base}",
  "ui.stage.click.of": "Clicked, out of every 100 recommendations shown",
  "ui.stage.purchase.of": "Bought, out of every 100 recommendations shown",
  "ui.stage.return.of": "Sent back, out of every 100 bought",
  "ui.stage.other.of": "{stage}, out of every 100",
  "ui.stage.click.short": "Clicked in 100",
  "ui.stage.purchase.short": "Bought in 100",
  "ui.stage.return.short": "Sent back in 100 bought",
  "ui.stage.other.short": "{stage} in 100",
  "ui.stage.click.noun": "Clicks",
  "ui.stage.purchase.noun": "Purchases",
  "ui.stage.return.noun": "Returns",
  "ui.stage.click.dot": "Each dot is one recommendation. Filled dots were clicked.",
  "ui.stage.purchase.dot": "Each dot is one recommendation. Filled dots led to a purchase.",
  "ui.stage.return.dot": "Each dot is one purchase. Filled dots were sent back.",
  "ui.stage.other.dot": "Each dot is one of 100. Filled dots stand for {stage}.",
  "ui.known_after": "known after {n, plural, one {# day} other {# days}}",
  "ui.confirmed_after": "confirmed after {n, plural, one {# day} other {# days}}",
  "ui.sure.very_sure": "Very sure",
  "ui.sure.fairly_sure": "Fairly sure",
  "ui.sure.too_early": "Too early to say",
  "ui.sure.name": "How sure we are",
  "ui.figure.about": "about {mid} ({range})",
  "ui.figure.spoken.confirmed": "{value} in 100. Confirmed.",
  "ui.figure.spoken.provisional": "about {mid}, provisional, between {low} and {high}, settles {day}",
  "ui.figure.spoken.pending": "not yet known",
  "ui.figure.revised": "Earlier we said {was}.",
  "ui.provisional.line": "{period}: about {mid} ({range}). At least {floor} already. Settles {day}.",
  "ui.pending.line.both": "{period}: first estimate {first}, confirmed {last}.",
  "ui.pending.line.last": "{period}: confirmed {last}.",
  "ui.pending.line.first": "{period}: first estimate {first}.",
  "ui.pending.line.none": "{period}: no date can be promised yet.",
  "ui.pending.so_far": "{events} of {trials} so far.",
  "ui.pending.bounds": "In the end it will be between {range} in 100.",
  "ui.pending.at_least": "At least {least} in 100 already.",
  "ui.card.usual": "As usual ({usual}).",
  "ui.card.fewer": "Fewer than usual ({usual}).",
  "ui.card.more": "More than usual ({usual}).",
  "ui.card.range": "The days before were at {usual} in 100; from day to day usually {range}.",
  "ui.card.before": "{usual} in 100 in the days before.",
  "ui.card.no_usual": "What is usual can be said after 14 confirmed days.",
  "ui.card.nothing_confirmed": "No week is confirmed yet.",
  "ui.card.not_given": "These data do not say what was {stage}.",
  "ui.card.open": "Open: {period}",
  "ui.chart.usual": "usual {value}",
  "ui.chart.band": "Grey band: usual range {range}",
  "ui.chart.band.short": "Band: usual {range}",
  "ui.chart.since": "since {day}",
  "ui.chart.others": "others",
  "ui.chart.others.of": "others by {attribute}",
  "ui.chart.all": "all together",
  "ui.chart.pending": "not yet known",
  "ui.chart.last_provisional": "provisional",
  "ui.chart.tip": "Tip: focus the chart and use ← → to read it day by day.",
  "ui.chart.keys": "Use the arrow keys to read day by day.",
  "ui.chart.role": "chart",
  "ui.chart.line.name": "{what}, by day, {period}. {group}.",
  "ui.chart.line.change": "Before {day}: {was}. Since then: {now}.",
  "ui.chart.bars.name": "{what}, by day, {period}: {confirmed} days confirmed, {provisional} provisional, {pending} not yet known.",
  "ui.chart.reader": "{day}: {value}",
  "ui.chart.empty": "No day to draw yet.",
  "ui.table.show": "Show as table",
  "ui.table.day": "Day",
  "ui.table.group": "Group",
  "ui.table.state": "How settled",
  "ui.table.so_far": "So far",
  "ui.table.settles": "Confirmed on",
  "ui.table.shown": "Recommendations shown",
  "ui.table.bought": "Purchases",
  "ui.table.counted": "Counted from",
  "ui.table.before": "Before {day}",
  "ui.table.since": "Since {day}",
  "ui.table.whole": "Whole time",
  "ui.table.arrived": "Arrived already",
  "ui.table.none": "–",
  "ui.overview.title": "Overview",
  "ui.overview.heading": "Overview: how recommendations are doing",
  "ui.overview.attention": "Needs attention",
  "ui.overview.watch": "Worth watching",
  "ui.overview.calm": "Nothing needs attention",
  "ui.overview.calm.title": "Everything we watch is as usual.",
  "ui.overview.calm.body": "{n, plural, one {# group was} other {# groups and combinations of groups were}} checked.",
  "ui.overview.calm.unwatched": "No group could be watched yet: there are too few confirmed days or too few recommendations.",
  "ui.overview.instead": "instead of",
  "ui.overview.big.since": "in 100, since {day}",
  "ui.overview.see": "See what happened",
  "ui.overview.more": "{n, plural, one {# more alert} other {# more alerts}}",
  "ui.overview.also": "Also good to know",
  "ui.overview.also.none": "Nothing else stands out.",
  "ui.overview.checked": "{n, plural, one {# group} other {# groups and combinations of groups}} checked",
  "ui.overview.checked.rest": "All others are as usual: {attributes}.",
  "ui.overview.checked.all": "All are as usual: {attributes}.",
  "ui.overview.stages": "From shown to kept: the answers arrive at different speeds",
  "ui.overview.calendar": "When will we know? One column is one day of recommendations",
  "ui.overview.next": "Next answers",
  "ui.overview.next.none": "Everything in these data is confirmed.",
  "ui.overview.gap": "Is anyone left behind? {what}, by {attribute}",
  "ui.overview.gap.now": "The gap between the best and worst served is {gap}. Before {day} it was {was}.",
  "ui.overview.gap.only": "The gap between the best and worst served is {gap}.",
  "ui.overview.collections": "Collections: compared at the same age",
  "ui.overview.collections.none": "These data do not say which collection an item belongs to. With a column such as “collection”, this card compares a new collection with the one before it at the same age.",
  "ui.overview.collections.later": "{n, plural, one {# collection is} other {# collections are}} in the data. The comparison at the same age is not part of this version yet. Comparing today’s totals would be unfair: a new collection has had less time to be bought.",
  "ui.next.confirmed": "{stage} of {period} confirmed",
  "ui.next.first_estimate": "First estimate of {stage} for {period}",
  "ui.calendar.arrived": "height = share that has arrived",
  "ui.calendar.today": "today",
  "ui.calendar.as_of": "as of {day}",
  "ui.calendar.name": "Settling calendar. {stages}",
  "ui.calendar.stage.to": "{stage}: confirmed up to {day}.",
  "ui.calendar.stage.none": "{stage}: no day is confirmed yet.",
  "ui.calendar.title": "When will we know?",
  "ui.calendar.lead": "A figure is confirmed once everything that can still arrive has had its time. Until then it can change, and we say so.",
  "ui.calendar.heading": "One column is one day of recommendations",
  "ui.calendar.rules": "How long we wait",
  "ui.calendar.rule.shown": "{stage}: {n, plural, one {# day} other {# days}} after the recommendation was shown.",
  "ui.calendar.rule.of": "{stage}: {n, plural, one {# day} other {# days}} after “{base}”.",
  "ui.calendar.rule.late": "Messages arrive up to {n, plural, one {# day} other {# days}} late; that is included.",
  "ui.calendar.can_quote": "What can be quoted today",
  "ui.calendar.share": "{share} in 100 of the recommendations shown have a confirmed answer.",
  "ui.groups.title": "Customer groups",
  "ui.groups.heading": "Which group is served worse?",
  "ui.groups.attribute": "Look at groups by",
  "ui.groups.stage": "What to look at",
  "ui.groups.kind.customer": "Customers",
  "ui.groups.kind.item": "Items",
  "ui.groups.kind.context": "Surroundings",
  "ui.groups.multiples": "Same scale for all: {what}, {period}",
  "ui.groups.table": "All groups by {attribute}",
  "ui.groups.usual": "as usual",
  "ui.groups.fell": "fell",
  "ui.groups.rose": "rose",
  "ui.groups.watch": "being watched",
  "ui.groups.follows": "follows from another",
  "ui.groups.small": "too few",
  "ui.groups.small.sentence": "Too few recommendations for a reliable figure.",
  "ui.groups.small.some": "{n, plural, one {# group has} other {# groups have}} too few recommendations for a reliable figure and {n, plural, one {is} other {are}} not shown: {names}.",
  "ui.groups.no_attributes": "These data hold no columns that describe customers, items or surroundings, so there are no groups to compare.",
  "ui.groups.more": "The {n} largest of {all} groups are drawn; the table has them all.",
  "ui.groups.same": "Nothing stands out by {attribute}: every group is as usual.",
  "ui.groups.others_usual": "Same scale for all. The other groups by {attribute} are as usual.",
  "ui.multiples.before": "before {was} →",
  "ui.multiples.name": "{group}: {what}. Before: {was}; since {day}: {now}.",
  "ui.multiples.name.only": "{group}: {what}: {now}.",
  "ui.group.crumbs": "You are here",
  "ui.group.since": "Needs attention since {day}",
  "ui.group.watch": "Worth watching since {day}",
  "ui.group.info": "Good to know",
  "ui.group.usual.eyebrow": "As usual",
  "ui.group.usual.title": "{group}: nothing stands out.",
  "ui.group.usual.title.figure": "{group}: as usual, {what}: {value}.",
  "ui.group.small.title": "{group}: too few recommendations for a reliable figure.",
  "ui.group.small.body": "We show no figures of groups this small: they would swing by chance, and single people could be recognised.",
  "ui.group.unknown.title": "There is no such group in the data.",
  "ui.group.dots": "What “in 100” looks like",
  "ui.group.dots.name": "{n} of 100 dots filled",
  "ui.group.dots.before": "before",
  "ui.group.dots.tiny": "{value} in 100 is too small to count in dots.",
  "ui.group.dots.note": "{trials} were shown to this group from {period}.",
  "ui.group.dots.trials": "{n, plural, one {# recommendation} other {# recommendations}}",
  "ui.group.who_else": "Who else? Same scale for all, {what}, {period}",
  "ui.group.answers": "In five answers",
  "ui.group.what": "What happened",
  "ui.group.who": "Who is affected",
  "ui.group.when": "Since when",
  "ui.group.sure": "How sure are we",
  "ui.group.cost": "What it may cost",
  "ui.group.check": "What to check next",
  "ui.group.what.fall": "{stage} fell from {was} to {now}.",
  "ui.group.what.rise": "{stage} rose from {was} to {now}.",
  "ui.group.who.share": "{group}, about {share} in 100 of all recommendations shown.",
  "ui.group.when.range": "{day}. The start lies between {from} and {to}.",
  "ui.group.when.day": "{day}.",
  "ui.group.sure.confirmed": "{sure}. These figures are confirmed.",
  "ui.group.sure.provisional": "{sure}. These figures are provisional and can still change.",
  "ui.group.sure.pending": "{sure}. Not all answers are in yet.",
  "ui.group.cost.none": "Not known: this version does not put a price on it yet.",
  "ui.group.check.shown": "Was anything about what this group is shown changed on {day}: the recommender, the range, a filter, a page?",
  "ui.group.inside": "Where inside this group? {what}",
  "ui.group.inside.pick": "Split by",
  "ui.group.inside.none": "There is no other column to split this group by.",
  "ui.group.inside.small": "The parts of this group are too small for reliable figures.",
  "ui.group.after": "So far, and when we will know",
  "ui.group.change": "What could still change?",
  "ui.group.change.nothing": "{stage} {period}: nothing.",
  "ui.group.change.until": "{stage} {period}: can still rise until {day}.",
  "ui.group.change.open": "{stage} {period}: everything, no date can be promised.",
  "ui.group.other_findings": "Also about this group",
  "ui.key.before": "before {day}",
  "ui.key.since": "since {day}",
  "ui.alerts.title": "Alerts",
  "ui.alerts.heading": "What should I do?",
  "ui.alerts.alert": "Needs attention",
  "ui.alerts.watch": "Worth watching",
  "ui.alerts.watch.lead": "First signs, and things that follow from an alert. We watch them; nobody is woken for them.",
  "ui.alerts.info": "Good to know",
  "ui.alerts.none": "Nothing needs attention.",
  "ui.alerts.none.body": "{n, plural, one {# group} other {# groups and combinations of groups}} checked, everything as usual.",
  "ui.alerts.follows": "Follows from another finding",
  "ui.alerts.see": "See the group",
  "ui.alerts.since": "since {day}",
  "ui.alerts.evidence": "How often we raise a false alarm: at most once in 90 days unless configured otherwise, over everything we watch together.",
  "ui.collections.title": "Collections",
  "ui.collections.heading": "What happens when a new collection replaces the old one?",
  "ui.collections.see_groups": "See the collections as groups",
  "ui.empty.title": "No recommendations received yet.",
  "ui.empty.body": "The first clicks can be confirmed one day after the first message. Load a file with:",
  "ui.loading": "Loading",
  "ui.error.title": "This could not be loaded.",
  "ui.error.unreachable": "The program does not answer. Figures that are still on the page are from before.",
  "ui.error.code": "For the engineer on call: {code}",
  "ui.error.retry": "Try again",
  "ui.missing.title": "There is no such page.",
  "ui.missing.home": "To the overview",
  "ui.value.missing": "not given",
  "ui.group.name": "{attribute}: {value}",
  "ui.everyone": "all together"
};
export const de: Record<keyof TextValues, string> = {
  "stage.click.label": "Angeklickt",
  "stage.click.plural": "Klicks",
  "stage.click.known": "Klicks",
  "stage.click.so_far": "bisher {count} von {trials} angeklickt",
  "stage.purchase.label": "Gekauft",
  "stage.purchase.plural": "Käufe",
  "stage.purchase.so_far": "bisher {count} von {trials} gekauft",
  "stage.purchase.known": "Käufe",
  "stage.return.label": "Zurückgeschickt",
  "stage.return.plural": "Retouren",
  "stage.return.so_far": "bisher {count} von {trials} zurückgeschickt",
  "stage.return.known": "Retouren",
  "stage.other.label": "{stage}",
  "stage.other.plural": "{stage}",
  "stage.other.so_far": "bisher {count} von {trials} mit {stage}",
  "stage.other.known": "Antworten zu {stage}",
  "maturity.confirmed": "Bestätigt",
  "maturity.provisional": "Vorläufig",
  "maturity.pending": "Noch offen",
  "pending.window_open": "Einige dieser Tage sind zu jung: Es können noch Antworten kommen.",
  "pending.no_outcome_times": "Die Datei sagt nicht, wann die Antworten kamen. Darum lässt sich nichts sagen, bevor die Tage bestätigt sind.",
  "pending.answers_of_fast_only": "Bisher kennen wir nur die Antworten der Schnellentschlossenen; sie ergäben ein falsches Bild.",
  "pending.not_yet_snapshot": "An diesem Tag waren die Antworten aus der Datei noch nicht bekannt.",
  "pending.too_few": "Für eine ehrliche Zahl sind es zu wenige Fälle.",
  "pending.delay_changed": "Antworten kommen seit Kurzem in anderem Tempo an; eine Schätzung würde in die Irre führen.",
  "pending.no_base_events": "Es ist noch nichts geschehen, worauf sich diese Zahl beziehen könnte.",
  "pending.stage_not_given": "Die Daten enthalten das nicht.",
  "ui.product": "Ripen",
  "ui.skip": "Zum Inhalt springen",
  "ui.nav.main": "Hauptmenü",
  "ui.nav.tabs": "Menü unten",
  "ui.nav.overview": "Überblick",
  "ui.nav.groups": "Kundengruppen",
  "ui.nav.collections": "Kollektionen",
  "ui.nav.alerts": "Hinweise",
  "ui.nav.calendar": "Wann wissen wir es?",
  "ui.nav.short.overview": "Überblick",
  "ui.nav.short.groups": "Gruppen",
  "ui.nav.short.collections": "Kollektionen",
  "ui.nav.short.alerts": "Hinweise",
  "ui.nav.short.calendar": "Kalender",
  "ui.nav.open_alerts": "{n, plural, one {# offen} other {# offen}}",
  "ui.tools.language": "Sprache",
  "ui.tools.dark": "Dunkel",
  "ui.tools.print": "Drucken",
  "ui.title": "{page} · Ripen",
  "ui.truth.region": "Stand der Zahlen",
  "ui.truth.as_of": "Stand Ende",
  "ui.truth.earlier": "Früheren Stand ansehen",
  "ui.truth.earlier.day": "Zeigen, was wir wussten, Ende",
  "ui.truth.earlier.show": "Zeigen",
  "ui.truth.earlier.close": "Schließen",
  "ui.truth.confirmed_to": "Bestätigt bis",
  "ui.truth.no_day": "noch kein Tag",
  "ui.truth.not_given": "nicht in den Daten",
  "ui.truth.travel": "Sie sehen den Stand vom Ende des {day}, nicht den heutigen.",
  "ui.truth.newest": "Zurück zum neuesten Stand",
  "ui.legend": "Gefüllt = bestätigt, schraffiert = vorläufig (kann sich noch ändern), gepunktet = noch offen. Diese Zeichen gelten auf jeder Seite und im Ausdruck.",
  "ui.dated": "Alle Zahlen gehören zu dem Tag, an dem die Empfehlung gezeigt wurde.",
  "ui.in_100": "von 100",
  "ui.in_100.purchase": "von 100 Käufen",
  "ui.in_100.click": "von 100 Klicks",
  "ui.in_100.other": "von 100 mit {base}",
  "ui.stage.click.of": "Angeklickt, von je 100 gezeigten Empfehlungen",
  "ui.stage.purchase.of": "Gekauft, von je 100 gezeigten Empfehlungen",
  "ui.stage.return.of": "Zurückgeschickt, von je 100 Käufen",
  "ui.stage.other.of": "{stage}, von je 100",
  "ui.stage.click.short": "Angeklickt von 100",
  "ui.stage.purchase.short": "Gekauft von 100",
  "ui.stage.return.short": "Zurückgeschickt von 100 Käufen",
  "ui.stage.other.short": "{stage} von 100",
  "ui.stage.click.noun": "Klicks",
  "ui.stage.purchase.noun": "Käufe",
  "ui.stage.return.noun": "Retouren",
  "ui.stage.click.dot": "Jeder Punkt ist eine Empfehlung. Gefüllte Punkte wurden angeklickt.",
  "ui.stage.purchase.dot": "Jeder Punkt ist eine Empfehlung. Gefüllte Punkte führten zu einem Kauf.",
  "ui.stage.return.dot": "Jeder Punkt ist ein Kauf. Gefüllte Punkte wurden zurückgeschickt.",
  "ui.stage.other.dot": "Jeder Punkt ist einer von 100. Gefüllte Punkte stehen für {stage}.",
  "ui.known_after": "bekannt nach {n, plural, one {# Tag} other {# Tagen}}",
  "ui.confirmed_after": "bestätigt nach {n, plural, one {# Tag} other {# Tagen}}",
  "ui.sure.very_sure": "Sehr sicher",
  "ui.sure.fairly_sure": "Ziemlich sicher",
  "ui.sure.too_early": "Noch zu früh",
  "ui.sure.name": "Wie sicher wir sind",
  "ui.figure.about": "etwa {mid} ({range})",
  "ui.figure.spoken.confirmed": "{value} von 100. Bestätigt.",
  "ui.figure.spoken.provisional": "etwa {mid}, vorläufig, zwischen {low} und {high}, bestätigt am {day}",
  "ui.figure.spoken.pending": "noch offen",
  "ui.figure.revised": "Früher nannten wir {was}.",
  "ui.provisional.line": "{period}: etwa {mid} ({range}). Mindestens {floor} schon jetzt. Bestätigt am {day}.",
  "ui.pending.line.both": "{period}: erste Schätzung {first}, bestätigt am {last}.",
  "ui.pending.line.last": "{period}: bestätigt am {last}.",
  "ui.pending.line.first": "{period}: erste Schätzung {first}.",
  "ui.pending.line.none": "{period}: Noch lässt sich kein Datum nennen.",
  "ui.pending.so_far": "{events} von {trials} bisher.",
  "ui.pending.bounds": "Am Ende werden es {range} von 100 sein.",
  "ui.pending.at_least": "Mindestens {least} von 100 schon jetzt.",
  "ui.card.usual": "Wie üblich ({usual}).",
  "ui.card.fewer": "Weniger als üblich ({usual}).",
  "ui.card.more": "Mehr als üblich ({usual}).",
  "ui.card.range": "An den Tagen davor waren es {usual} von 100; von Tag zu Tag üblich sind {range}.",
  "ui.card.before": "{usual} von 100 an den Tagen davor.",
  "ui.card.no_usual": "Was üblich ist, lässt sich nach 14 bestätigten Tagen sagen.",
  "ui.card.nothing_confirmed": "Noch ist keine Woche bestätigt.",
  "ui.card.not_given": "Diese Daten enthalten dazu nichts: {stage}.",
  "ui.card.open": "Offen: {period}",
  "ui.chart.usual": "üblich {value}",
  "ui.chart.band": "Graues Band: üblicher Bereich {range}",
  "ui.chart.band.short": "Band: üblich {range}",
  "ui.chart.since": "seit {day}",
  "ui.chart.others": "übrige",
  "ui.chart.others.of": "übrige nach {attribute}",
  "ui.chart.all": "alle zusammen",
  "ui.chart.pending": "noch offen",
  "ui.chart.last_provisional": "vorläufig",
  "ui.chart.tip": "Tipp: Diagramm anwählen und mit ← → Tag für Tag lesen.",
  "ui.chart.keys": "Mit den Pfeiltasten Tag für Tag lesen.",
  "ui.chart.role": "Diagramm",
  "ui.chart.line.name": "{what}, nach Tag, {period}. {group}.",
  "ui.chart.line.change": "Vor dem {day}: {was}. Seitdem: {now}.",
  "ui.chart.bars.name": "{what}, nach Tag, {period}: {confirmed} Tage bestätigt, {provisional} vorläufig, {pending} noch offen.",
  "ui.chart.reader": "{day}: {value}",
  "ui.chart.empty": "Noch kein Tag zu zeigen.",
  "ui.table.show": "Als Tabelle zeigen",
  "ui.table.day": "Tag",
  "ui.table.group": "Gruppe",
  "ui.table.state": "Stand",
  "ui.table.so_far": "Bisher",
  "ui.table.settles": "Bestätigt am",
  "ui.table.shown": "Gezeigte Empfehlungen",
  "ui.table.bought": "Käufe",
  "ui.table.counted": "Gezählt von",
  "ui.table.before": "Vor dem {day}",
  "ui.table.since": "Seit {day}",
  "ui.table.whole": "Gesamte Zeit",
  "ui.table.arrived": "Schon eingetroffen",
  "ui.table.none": "–",
  "ui.overview.title": "Überblick",
  "ui.overview.heading": "Überblick: So laufen die Empfehlungen",
  "ui.overview.attention": "Bitte prüfen",
  "ui.overview.watch": "Im Blick behalten",
  "ui.overview.calm": "Nichts zu prüfen",
  "ui.overview.calm.title": "Alles, was wir beobachten, ist wie üblich.",
  "ui.overview.calm.body": "{n, plural, one {# Gruppe wurde} other {# Gruppen und Verbindungen von Gruppen wurden}} geprüft.",
  "ui.overview.calm.unwatched": "Noch konnte keine Gruppe beobachtet werden: Es gibt zu wenige bestätigte Tage oder zu wenige Empfehlungen.",
  "ui.overview.instead": "statt",
  "ui.overview.big.since": "von 100, seit {day}",
  "ui.overview.see": "Was ist passiert?",
  "ui.overview.more": "{n, plural, one {# weiterer Hinweis} other {# weitere Hinweise}}",
  "ui.overview.also": "Außerdem wichtig",
  "ui.overview.also.none": "Sonst fällt nichts auf.",
  "ui.overview.checked": "{n, plural, one {# Gruppe} other {# Gruppen und Verbindungen von Gruppen}} geprüft",
  "ui.overview.checked.rest": "Alle übrigen sind wie üblich: {attributes}.",
  "ui.overview.checked.all": "Alle sind wie üblich: {attributes}.",
  "ui.overview.stages": "Vom Zeigen zum Behalten: Die Antworten kommen unterschiedlich schnell",
  "ui.overview.calendar": "Wann wissen wir es? Eine Spalte ist ein Tag mit Empfehlungen",
  "ui.overview.next": "Nächste Antworten",
  "ui.overview.next.none": "Alles in diesen Daten ist bestätigt.",
  "ui.overview.gap": "Wird jemand schlechter bedient? {what}, nach {attribute}",
  "ui.overview.gap.now": "Der Abstand zwischen der am besten und der am schlechtesten bedienten Gruppe ist {gap}. Vor dem {day} war er {was}.",
  "ui.overview.gap.only": "Der Abstand zwischen der am besten und der am schlechtesten bedienten Gruppe ist {gap}.",
  "ui.overview.collections": "Kollektionen: Vergleich im selben Alter",
  "ui.overview.collections.none": "Diese Daten sagen nicht, zu welcher Kollektion ein Artikel gehört. Mit einer Spalte wie „Kollektion“ vergleicht diese Karte eine neue Kollektion mit der vorherigen im selben Alter.",
  "ui.overview.collections.later": "{n, plural, one {# Kollektion ist} other {# Kollektionen sind}} in den Daten. Der Vergleich im selben Alter ist noch nicht Teil dieser Version. Ein Vergleich der heutigen Summen wäre unfair: Eine neue Kollektion hatte weniger Zeit, gekauft zu werden.",
  "ui.next.confirmed": "{stage} vom {period} bestätigt",
  "ui.next.first_estimate": "Erste Schätzung für {stage} vom {period}",
  "ui.calendar.arrived": "Höhe = schon eingetroffener Anteil",
  "ui.calendar.today": "heute",
  "ui.calendar.as_of": "Stand {day}",
  "ui.calendar.name": "Bestätigungskalender. {stages}",
  "ui.calendar.stage.to": "{stage}: bestätigt bis {day}.",
  "ui.calendar.stage.none": "{stage}: noch kein Tag ist bestätigt.",
  "ui.calendar.title": "Wann wissen wir es?",
  "ui.calendar.lead": "Eine Zahl ist bestätigt, sobald alles, was noch eintreffen kann, seine Zeit hatte. Bis dahin kann sie sich ändern, und wir sagen es.",
  "ui.calendar.heading": "Eine Spalte ist ein Tag mit Empfehlungen",
  "ui.calendar.rules": "Wie lange wir warten",
  "ui.calendar.rule.shown": "{stage}: {n, plural, one {# Tag} other {# Tage}} nach dem Zeigen der Empfehlung.",
  "ui.calendar.rule.of": "{stage}: {n, plural, one {# Tag} other {# Tage}} nach „{base}“.",
  "ui.calendar.rule.late": "Meldungen kommen bis zu {n, plural, one {# Tag} other {# Tage}} verspätet; das ist eingerechnet.",
  "ui.calendar.can_quote": "Was heute schon zitiert werden kann",
  "ui.calendar.share": "Für {share} von 100 gezeigten Empfehlungen ist die Antwort bestätigt.",
  "ui.groups.title": "Kundengruppen",
  "ui.groups.heading": "Welche Gruppe wird schlechter bedient?",
  "ui.groups.attribute": "Gruppen ansehen nach",
  "ui.groups.stage": "Was anzeigen",
  "ui.groups.kind.customer": "Kundschaft",
  "ui.groups.kind.item": "Artikel",
  "ui.groups.kind.context": "Umfeld",
  "ui.groups.multiples": "Gleiche Skala für alle: {what}, {period}",
  "ui.groups.table": "Alle Gruppen nach {attribute}",
  "ui.groups.usual": "wie üblich",
  "ui.groups.fell": "gefallen",
  "ui.groups.rose": "gestiegen",
  "ui.groups.watch": "wird beobachtet",
  "ui.groups.follows": "folgt aus anderem",
  "ui.groups.small": "zu wenige",
  "ui.groups.small.sentence": "Zu wenige Empfehlungen für eine verlässliche Zahl.",
  "ui.groups.small.some": "{n, plural, one {# Gruppe hat} other {# Gruppen haben}} zu wenige Empfehlungen für eine verlässliche Zahl und {n, plural, one {wird} other {werden}} nicht gezeigt: {names}.",
  "ui.groups.no_attributes": "Diese Daten haben keine Spalten, die Kundschaft, Artikel oder Umfeld beschreiben. Es gibt also keine Gruppen zu vergleichen.",
  "ui.groups.more": "Gezeichnet sind die {n} größten von {all} Gruppen; die Tabelle hat alle.",
  "ui.groups.same": "Nach {attribute} fällt nichts auf: Jede Gruppe ist wie üblich.",
  "ui.groups.others_usual": "Gleiche Skala für alle. Die übrigen Gruppen nach {attribute} sind wie üblich.",
  "ui.multiples.before": "vorher {was} →",
  "ui.multiples.name": "{group}: {what}. Vorher: {was}; seit {day}: {now}.",
  "ui.multiples.name.only": "{group}: {what}: {now}.",
  "ui.group.crumbs": "Sie sind hier",
  "ui.group.since": "Bitte prüfen, seit {day}",
  "ui.group.watch": "Im Blick behalten, seit {day}",
  "ui.group.info": "Gut zu wissen",
  "ui.group.usual.eyebrow": "Wie üblich",
  "ui.group.usual.title": "{group}: Nichts fällt auf.",
  "ui.group.usual.title.figure": "{group}: wie üblich, {what}: {value}.",
  "ui.group.small.title": "{group}: Zu wenige Empfehlungen für eine verlässliche Zahl.",
  "ui.group.small.body": "Von so kleinen Gruppen zeigen wir keine Zahlen: Sie schwankten zufällig, und einzelne Personen wären erkennbar.",
  "ui.group.unknown.title": "Diese Gruppe gibt es in den Daten nicht.",
  "ui.group.dots": "So sieht „von 100“ aus",
  "ui.group.dots.name": "{n} von 100 Punkten gefüllt",
  "ui.group.dots.before": "vorher",
  "ui.group.dots.tiny": "{value} von 100 sind zu wenig, um sie in Punkten zu zeigen.",
  "ui.group.dots.note": "Vom {period} wurden dieser Gruppe {trials} gezeigt.",
  "ui.group.dots.trials": "{n, plural, one {# Empfehlung} other {# Empfehlungen}}",
  "ui.group.who_else": "Wer noch? Gleiche Skala für alle, {what}, {period}",
  "ui.group.answers": "In fünf Antworten",
  "ui.group.what": "Was ist passiert",
  "ui.group.who": "Wer ist betroffen",
  "ui.group.when": "Seit wann",
  "ui.group.sure": "Wie sicher sind wir",
  "ui.group.cost": "Was es kosten kann",
  "ui.group.check": "Was als Nächstes prüfen",
  "ui.group.what.fall": "{stage}: von {was} auf {now} gefallen.",
  "ui.group.what.rise": "{stage}: von {was} auf {now} gestiegen.",
  "ui.group.who.share": "{group}, etwa {share} von 100 aller gezeigten Empfehlungen.",
  "ui.group.when.range": "{day}. Der Beginn liegt zwischen {from} und {to}.",
  "ui.group.when.day": "{day}.",
  "ui.group.sure.confirmed": "{sure}. Diese Zahlen sind bestätigt.",
  "ui.group.sure.provisional": "{sure}. Diese Zahlen sind vorläufig und können sich noch ändern.",
  "ui.group.sure.pending": "{sure}. Noch sind nicht alle Antworten da.",
  "ui.group.cost.none": "Nicht bekannt: Diese Version nennt dafür noch keinen Betrag.",
  "ui.group.check.shown": "Hat sich am {day} etwas daran geändert, was dieser Gruppe gezeigt wird: das Empfehlungssystem, das Sortiment, ein Filter, eine Seite?",
  "ui.group.inside": "Wo innerhalb der Gruppe? {what}",
  "ui.group.inside.pick": "Aufgeteilt nach",
  "ui.group.inside.none": "Es gibt keine weitere Spalte, um diese Gruppe aufzuteilen.",
  "ui.group.inside.small": "Die Teile dieser Gruppe sind für verlässliche Zahlen zu klein.",
  "ui.group.after": "Bisher, und wann wir es wissen",
  "ui.group.change": "Was kann sich noch ändern?",
  "ui.group.change.nothing": "{stage} {period}: nichts.",
  "ui.group.change.until": "{stage} {period}: können bis {day} noch steigen.",
  "ui.group.change.open": "{stage} {period}: alles, noch ohne Datum.",
  "ui.group.other_findings": "Außerdem zu dieser Gruppe",
  "ui.key.before": "vor dem {day}",
  "ui.key.since": "seit {day}",
  "ui.alerts.title": "Hinweise",
  "ui.alerts.heading": "Was ist zu tun?",
  "ui.alerts.alert": "Bitte prüfen",
  "ui.alerts.watch": "Im Blick behalten",
  "ui.alerts.watch.lead": "Erste Anzeichen und Folgen eines Hinweises. Wir beobachten sie; niemand wird dafür geweckt.",
  "ui.alerts.info": "Gut zu wissen",
  "ui.alerts.none": "Nichts zu prüfen.",
  "ui.alerts.none.body": "{n, plural, one {# Gruppe} other {# Gruppen und Verbindungen von Gruppen}} geprüft, alles wie üblich.",
  "ui.alerts.follows": "Folgt aus einem anderen Hinweis",
  "ui.alerts.see": "Zur Gruppe",
  "ui.alerts.since": "seit {day}",
  "ui.alerts.evidence": "Wie oft wir falschen Alarm geben: höchstens einmal in 90 Tagen, sofern nicht anders eingestellt, über alles zusammen, was wir beobachten.",
  "ui.collections.title": "Kollektionen",
  "ui.collections.heading": "Was passiert, wenn eine neue Kollektion die alte ablöst?",
  "ui.collections.see_groups": "Die Kollektionen als Gruppen ansehen",
  "ui.empty.title": "Noch keine Empfehlungen empfangen.",
  "ui.empty.body": "Die ersten Klicks können einen Tag nach der ersten Meldung bestätigt werden. Eine Datei laden Sie mit:",
  "ui.loading": "Wird geladen",
  "ui.error.title": "Das konnte nicht geladen werden.",
  "ui.error.unreachable": "Das Programm antwortet nicht. Zahlen, die noch auf der Seite stehen, sind von vorher.",
  "ui.error.code": "Für die Rufbereitschaft: {code}",
  "ui.error.retry": "Noch einmal versuchen",
  "ui.missing.title": "Diese Seite gibt es nicht.",
  "ui.missing.home": "Zum Überblick",
  "ui.value.missing": "keine Angabe",
  "ui.group.name": "{attribute}: {value}",
  "ui.everyone": "alle zusammen"
};
