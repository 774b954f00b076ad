### status: draft
### reviewed_by:
### reviewed_on:

# Results pages.
results-doors = Results
results-home = Home
results-none-title = No results yet
results-none = The first survey is not published yet. Its results will be here when it is.
home-headlines = In short
home-areas = All areas
home-areas-about = { $measure }, { $unit }. { $direction } Areas stand in a fixed order. They are not ranked, because the differences between them are often smaller than the uncertainty.
home-trend = Over time
home-download = Download all areas (CSV for Excel)
home-respond = Have you had a letter with a code? Answer the survey
areas-title = Areas
areas-caption = The main measures by area, with their uncertainty
area-all = All measures
indicators-title = Measures
indicators-caption = All measures for the whole municipality
data-title = Data
data-text = All figures of these pages can be fetched here, and no others. ".." means that a figure is not shown, "." that there is none.
data-tables = Tables
data-by = by { $by }
by-district = area
by-sex = sex
by-age = age
by-tenure = tenure
data-excel = CSV for Excel
data-csv = CSV for programs
data-api = For programs
data-api-text = The same figures as JSON. The addresses are described in an OpenAPI document:
data-releases = Releases
data-changes = Changes (CSV)
data-release = Release { $release } ({ $period }), { $made }.
data-corrects = Replaces { $release }: { $reason }
release-title = Release { $release }
release-frozen = The page shows the release as it was frozen on { $made }.
release-reason = Reason for the correction: { $reason }
release-replaced = The release has been replaced by { $release }.
release-file = The whole release as a file (JSON)

facts-title = About the figures
facts-field = The survey of { $period } was carried out between { $from } and { $to } among people aged { $youngest } to { $oldest }.
facts-response = { $n } answers to { $sampled } letters, response rate { $rate } percent ({ $formula }).
facts-poststratified = Answers are weighted to the population by area, sex and age.
facts-design = Answers are weighted so that each area counts by its population.
facts-raked = Answers are weighted to the population by area, and by sex and age.
facts-unweighted = Answers are not weighted: each counts alike.
facts-redrawn = The survey was carried out in older areas ({ $from }). The figures are for newer ones ({ $to }), each of which is made of whole older areas.
facts-interval = The uncertainty is a 95 percent confidence interval.
facts-release = Release { $release }
facts-marks = ".." is not shown, "." does not exist, "b" is the first value after a break in the series, "u" is an uncertain figure (fewer than 100 answers or a wide margin), "i" means that more than one in ten skipped the question. All figures are rounded.
notice-demo = Demodata: all answers were made up by a program. The figures say nothing about reality.
notice-gate = Protection against disclosure is not complete: only the smallest number of answers and the rounding are applied.
notice-unweighted = The figures are not weighted and are about those who answered.

table-area = Area
table-measure = Measure
table-period = Year
table-value = Value
table-interval = Uncertainty
table-n = Answers
table-change = Since the survey before

unit-percent = percent
unit-points = points of 100
unit-steps = steps 0–6
unit-index = index { $from }–{ $to }
unit-count = number
unit-rate = per 100,000 inhabitants
direction-higher = Higher is better.
direction-lower = Lower is better.
direction-neutral = Neither higher nor lower is better.
figure-withheld = Not shown, because answers are too few or to protect those who answered.
figure-absent = There is no such figure: the question was not asked or the area was not part of the survey.
figure-uncertain = Uncertain figure: few answers or a wide margin.
figure-nonresponse = Many have skipped the question.
figure-after-break = First value after a break in the series: { $reasons }.
level = { $kind ->
    [percent] In { $area } the measure “{ $measure }” is { $value } percent (uncertainty { $interval }, { $n } answers). { $direction }
    [percent_none] In { $area } the measure “{ $measure }” is at most { $upper } percent ({ $n } answers). { $direction }
    [points] In { $area } { $measure } is { $value } of 100 (uncertainty { $interval }, { $n } answers). { $direction }
   *[steps] In { $area } { $measure } is { $value } on the scale 0–6 (uncertainty { $interval }, { $n } answers). { $direction }
}
level-noted = { $level } { $note }
change-first = There is no earlier survey to compare with.
change-none-yet = –
change = { $verdict ->
    [improved] Established improvement since { $from }: { $difference } { $unit ->
        [percent] percentage points
        [points] points
       *[steps] steps
    } (uncertainty { $lower } to { $upper }). { $direction }
    [worse] Established deterioration since { $from }: { $difference } { $unit ->
        [percent] percentage points
        [points] points
       *[steps] steps
    } (uncertainty { $lower } to { $upper }). { $direction }
    [no_established_change] No established change since { $from }. The difference { $difference } is within the uncertainty. It does not mean that nothing happened. { $direction }
   *[neutral] Difference from { $from }: { $difference } { $unit ->
        [percent] percentage points
        [points] points
       *[steps] steps
    } (uncertainty { $lower } to { $upper }). { $direction }
}
change-short = { $verdict ->
    [improved] improved ({ $difference })
    [worse] worse ({ $difference })
    [no_established_change] no established change ({ $difference })
   *[neutral] difference ({ $difference })
}
change-short-noted = { $change }; { $caveats }
change-short-refused = not comparable: { $reasons }
change-refused = Cannot be compared with { $from }: { $reasons }.
change-caveats = Bear in mind: { $caveats }.
change-response = See who answered
reason-of-item = { $reason } ({ $items })
reason-of-items = { $reason } ({ $count } questions)
reason-bridged = { $reason }, which is judged not to affect the comparison: “{ $note }” ({ $person }, { $date })
reason-declared = { $reason }: “{ $note }” ({ $person }, { $date })
reason = { $code ->
    [wording] the question is worded differently
    [translation] a translation has changed
    [options] the answers to choose from are others
    [order] the questions come in another order
    [order_minor] an earlier page has other questions
    [routing] the question is put to others or is about another time
    [frame] the sample was drawn from another register or population
    [formula] the measure is computed in another way
    [cut_table] the measure is computed with other limits
    [k_items_changed] the measure is computed from another number of questions
    [mode] one could answer in other ways
    [mode_mix] the share of paper answers is another
    [age_range] the age limits are others
    [stream] other people were asked
    [survey] they are two different surveys
    [unit] the figures have different units
    [area_set] the boundaries of the area are others
    [area_absent] the area is not part of both surveys
    [not_asked] the question was not asked in both surveys
    [withheld] one of the figures is not shown
    [no_variance] the uncertainty cannot be computed
    [ambiguous_history] several different values were published for one year
    [superseded] the release has been replaced
    [pooled_overlap] the figures rest partly on the same years
    [not_independent] the same people answered both times
    [season] the surveys were carried out in different seasons
    [weighting] the answers are weighted in another way
    [response_drop] the response rate is another
    [event] something outside the survey may have affected the answers
    [not_estimable] there are no answers to compute from
    [not_estimable_variance] the uncertainty cannot be computed
    [cut_table_missing] the limits of the measure are missing
   *[other] the surveys differ
}
chart-series-title = { $measure }, { $area }, { $unit }
chart-areas-title = { $measure } { $period } by area, { $unit }
chart-break = break
chart-total = whole municipality
pointed-none = No area can be singled out: no uncertainty lies wholly on the worse side of the municipality's.
pointed-areas = The whole uncertainty lies on the worse side of the municipality's in { $areas }.
about-title = About the figure
about-unit = Unit
about-unit-text = { $unit }. { $direction }
about-response = Who answered
about-response-text = Response rates by area, and the sex and age of those who answered beside the population
about-formula = Formula and version
about-question = Question { $item }
about-citation = How to cite
about-citation-text = { $title } { $period }, { $measure }, release { $release }, { $address }
history-title = Figures published before
history-text = These figures were published by others before this service. They are given as printed and were not recomputed. They have another scale and no uncertainty, and cannot be compared with the measures above.
history-series = { $name }, { $unit }. { $direction }
history-printed = Printed value
history-source = Source
history-note = Note
history-pi = The police's problem index
history-nocrime = Share not exposed to crime
history-safelate = Share who feel safe out alone late
history-recom = Share who would recommend their area
history-holds = holds, says { $person } ({ $date }): { $note }
history-contradicted = Different values were published for { $period }: { $values }. So no change to or from { $period } is given.
history-marked = For { $period }, { $printed } ({ $source }) holds. All published values stay.
history-uncompared = No change is computed between the published values: { $reasons }.

organisation-kommun = the municipality
organisation-polis = the police
facts-signed = Signed off by { $organisations } on { $when }.
facts-signed-nobody = Nobody has signed the release off.
notice-unsigned = The release was made before releases were signed.
release-key = signed with the key
release-changes = What the correction changed
corrections-title = Corrections
corrections-text = A release is never changed. A correction is a new release; the old one can still be read and says what has replaced it.
corrections-none = No release has been corrected.
correction-sentence = { $release } has replaced { $old }, composed on { $when }. Reason: { $reason }.
correction-count = { $count ->
    [0] No figure differs.
    [one] { $count } figure differs.
   *[other] { $count } figures differ.
}
changes-title = What { $release } changed
changes-since = { $measure }: difference since { $from }
changes-group = Group
