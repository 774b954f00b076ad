### status: draft
### reviewed_by:
### reviewed_on:

# The method page: every number comes from the release or from the program.
method-title = Method
method-title-of = Method of { $release }
method-about = This page is about release { $release } and is made of it. What it does not hold is not stated here.
method-contents = Contents
method-unstated = Not stated in this release.
method-version = { $id }, version { $version }
method-of-release = How the figures were made

method-asked = What is asked, and of whom
method-survey = Survey
method-survey-text = { $title }, { $period }
method-organisations = Responsible
method-population = Whom the figures are about
method-population-text = { $stream ->
    [stay] People aged { $youngest } to { $oldest } who spend time in { $area }
   *[resident] People aged { $youngest } to { $oldest } who live in { $area }
}
method-areas = Areas
method-areas-text = { $count } (division { $set })
method-population-date = The population was counted on
method-frame = Register that the sample was drawn from
method-form = Questionnaire
method-form-hash = SHA-256 of the questionnaire
method-questions = Extent
method-questions-text = { $items } questions are behind { $measures } measures
method-wordings = The wording of the questions, the options and the formula stand with each measure:

method-asking = How it was asked
method-field = Fieldwork
method-field-text = { $from } to { $to }
method-modes = Ways to answer
method-mode = { $mode ->
    [web] on the web
    [paper] on paper
    [assisted] with help, such as by telephone
   *[other] { $mode }
}
method-paper = Share on paper
method-paper-text = { $percent } percent of the answers
method-languages = Languages
method-letters = Sample and letters
method-letters-text = { $sampled } people were drawn and each was sent a letter with a code
method-reminders = Reminders
method-source = The answers were collected by

method-response = Who answered
method-response-unstated = The release does not state how many were asked. So it states no response rate.
method-set-aside = { $count ->
    [one] One envelope could not be read when they were opened. Two persons decided to set it aside, and the answer in it is not counted.
   *[other] { $count } envelopes could not be read when they were opened. Two persons decided to set them aside, and the answers in them are not counted.
}
method-response-text = S = O + B + C + P + I + M: everyone sampled (S) is over-coverage (O: dead, moved out), has returned a blank form or declined (B), has answered completely (C: at least { $complete } percent of the core questions), partly (P: at least { $partial } percent) or insufficiently (I), or was not heard of (M). C and P are used in the figures. The numbers are exact.
method-rate-text = { $kind ->
    [rr1] { $formula }: { $rate } percent. Complete answers only, of those who could answer.
    [rr2] { $formula }: { $rate } percent. Complete and partial answers, of those who could answer. It is the response rate on every page.
    [raw] { $formula }: { $rate } percent. Raw response rate: of everyone sampled, also those who could not answer.
    [weighted] { $formula }: { $rate } percent. Response rates of the areas weighted by their population (N), since areas differ in size.
   *[other] { $formula }: { $rate } percent.
}
method-response-caption = Answers by area
method-composition = Those who answered and the population, whole municipality
method-composition-text = Numbers of answers are rounded; groups of fewer than { $fewest } answers are not shown. Weights make up for differences between areas, sexes and ages, but for no others between those who answer and those who do not.
method-sampled = Sampled (S)
method-over-coverage = Over-coverage (O)
method-blank = Blank, declined (B)
method-complete = Complete (C)
method-partial = Partial (P)
method-insufficient = Insufficient (I)
method-rest = The rest (M)
method-rate = { $formula }, percent
method-group = Group
method-group-both = { $sex }, { $age }
method-answered-percent = Of the answers, percent
method-persons = Population
method-persons-percent = Of the population, percent

method-weights = Weights
method-scheme = Method in the file
method-margins = Fitted to
method-margins-text = { $scheme ->
    [poststratify] the population in every combination of area, sex and age
    [rake] the population of every area, and of every combination of sex and age
    [calibrate] the population of every area, and of every combination of sex and age
    [design] the population of every area
    [none] nothing
   *[other] Not stated in this release.
}
method-nothing = None
method-merged-districts = Areas weighted as one
method-merges = Age groups weighted as one
method-merges-text = Where few have answered, age groups are weighted together. Only the number of answers decides, never what anybody answered.
method-merge = { $area }, { $sex }: { $ages }
method-trimmed = Trimmed weights
method-trimmed-text = { $percent } percent of the answers had a large weight lowered
method-untrimmed = No weights are trimmed
method-moved = Weights against those of the sample
method-moved-text = between { $least } and { $most } times
method-kish = Design effect of the weights (Kish)
method-precision = Precision of the headline measures, whole municipality
method-redrawn-weights = The areas of this release are newer than the round. Sample, weights and strata are those of the old areas, which are named by their codes.
method-precision-text = The design effect says how many times larger the variance is than in a simple random sample of as many answers. The effective number is as many answers as such a sample would have needed for the same precision. Composite measures have no design effect; their effective number is the least of their parts.
method-deff = Design effect
method-n-eff = Effective answers

method-uncertainty = Uncertainty
method-confidence = Every figure has a confidence interval: of all samples that might have been drawn, about { $percent } percent give an interval that holds the true value. It is about chance in the sample, not about errors in answers or differences between those who answer and those who do not.
method-interval = { $kind ->
    [share] Shares: logit interval with the t distribution; Korn-Graubard where a side has fewer than { $least } effective answers, Clopper-Pearson where all answer alike.
    [mean_points] Means of points: the estimate plus and minus the quantile of the normal distribution times the standard error.
    [composite] Composite measures: as means, with the covariance of the parts counted in.
    [step] Step indices: as means, with the standard error from drawn replicates.
   *[other] { $kind }: as the file states below.
}
method-variance = Variance
method-variance-text = { $form ->
    [design] linearised, with the areas as strata
    [poststratified] linearised, with the areas as strata; deviations from the mean of each weighting cell
    [calibrated] linearised, with the areas as strata; residuals of a regression on the totals that the weights are fitted to
    [rake_r] linearised, with the areas as strata; repeated sweeps over the margins, as in R
    [bootstrap] replicates drawn anew within each area
   *[other] { $form }
}
method-as-filed = { $step ->
    [weights] Weights, in the file
    [variance] Variance, in the file
    [intervals] Intervals, in the file
    [tests] Tests, in the file
   *[other] { $step }, in the file
}
method-tests = How changes are tested
method-tests-text = A change is tested on the unrounded difference of two independent samples. It is called established if the adjusted p-value is below { $percent } percent. Whether two intervals overlap is never the test. P-values are adjusted within families, so that many comparisons do not give many false findings:
method-family-headlines = The headline measures of the whole municipality together ({ $measures }): Holm.
method-family-others = Every other measure by itself, with all groups of one type together (such as all areas): Benjamini-Hochberg.
method-expected = What margin of error to expect
method-expected-text = Half the width of the interval of a share in percentage points, at { $percent } percent where it is largest: { $z } · √(deff · p(1−p)/n). The numbers are for planning and reading; every figure has its own interval.
method-expected-caption = Half-width in percentage points at { $percent } percent
method-simple-sample = Simple random sample
method-with-deff = { $measure } (deff { $deff })

method-comparability = What can be compared
method-compared-none = The release is not compared with any earlier survey.
method-compared-text = The release is compared with:
method-compared-with = { $period }, release { $release }.
method-breaks = Differences between the surveys
method-breaks-none = Nothing that parts the surveys was found.
method-breaks-text = The program looks for what parts the surveys before it computes any difference, and a named person can add what the program cannot know. Where a figure is not shown there is no change either.
method-break-since = Since
method-break-reason = What differs
method-break-class = Consequence
method-break-measures = Measures
method-break-areas = Areas
method-class = { $class ->
    [hard] Not compared
    [bridged] Compared, with the break marked: a named person has judged it
    [soft] Compared, with a caveat
   *[note] Compared, with a remark
}
method-all-measures = all measures
method-all-areas = all
method-history = Figures that others published before this service stand apart, as printed. They are never part of a difference.

method-withheld = What is not shown, and why
method-shown = Figures shown
method-hidden = Figures not shown (..)
method-flagged = Figures flagged (u, i)
method-applied = Protection applied
method-not-applied = Protection not applied
method-step = { $step ->
    [minimum_n] least number of answers
    [rounding] rounding
    [complementary] withholding more figures to protect others
    [ledger] account of all that was published before
    [attack] attack by linear programming
   *[other] { $step }
}
method-thresholds = Thresholds
method-min-n = Least number of answers behind a figure
method-width = How uncertain a small group stays at least
method-width-text = { $percent } percent of the length of the scale
method-single-source = Or, where one figure shown tells more already
method-single-source-text = { $percent } percent of what that figure leaves open
method-count-width = How uncertain a small number stays at least
method-count-width-text = { $width } answers
method-plan-hash = SHA-256 of the publication plan
method-rounding = Rounding by number of answers
method-rounding-text = The fewer the answers, the more coarsely a figure is rounded, so that one answer moves it by about one step. The bounds of the interval count the rounding in.
method-from-n = From number of answers
method-scale = Rounded to, scale { $from }–{ $to }
method-rounded = { $n } becomes { $printed }
method-rounding-n = Numbers of answers are rounded too: { $examples }. The accounting of answers is exact.
method-difference = The difference in a change is that of the two printed figures, so it tells nothing that they do not tell already.
method-alone = A figure is not shown if
method-alone-few = fewer than { $n } have answered
method-alone-plan = the effective number of answers is too small, or too many have skipped the question; those limits stand in the publication plan
method-alone-effective = the effective number of answers is below { $n }
method-alone-nonresponse = more than { $percent } percent of those asked have skipped the question
method-alone-alike = all have answered alike: for points always, for shares if fewer than { $n } have answered
method-alone-nearly = the question is sensitive, fewer than { $n } have answered and at least { $percent } percent of them are on one side
method-alone-small = the question is sensitive and only { $from }–{ $to } answers are on one side
method-alone-part = the measure is a composite and a part is not shown
method-alone-flagged = A figure that is shown is flagged with i if more than { $percent } percent have skipped the question.
method-alone-uncertain = A figure is flagged with u, uncertain, if fewer than { $n } have answered or if the margin is wider than { $share } percentage points for a share and { $points } percent of the scale for points, or if answers left out may move a share by more than { $bounds } percentage points.
method-attack = How the protection is tested
method-attack-text = Whoever wants to disclose is assumed to have read every release, to know population, weights, rounding and thresholds, and to be able to solve equations. Before anything is published the program itself tries to work out every small group: by linear programming from all figures shown now and all that was ever shown. A small group is one that is not shown because its answers are too few or too alike, each of the smallest groups by area, sex and age, and what two groups that are shown have in common or apart. If that succeeds more narrowly than the thresholds above, more figures are withheld until it does not, or nothing is published.
method-complementary = So a figure of many answers may be missing: it would have told another. All withheld figures have the same mark (..), whatever the reason. What was published is never taken back.
method-uncovered = What the protection does not cover
method-uncovered-likely = Probabilities: what can be worked out is tested, not what is likely within what is left open.
method-uncovered-own = What a respondent knows of the own answer, and respondents who put together what they know.
method-uncovered-side = Other knowledge than the attacker is assumed to have.
method-uncovered-bases = Relations between measures that are computed from different numbers of answers.
method-uncovered-widths = What the width of an interval says about the spread.
method-uncovered-categories = Questions with three or more options: the shares of the options in a group are withheld together. Couplings of small groups across the options beyond that are not attacked jointly.
method-uncovered-areas = How many answered in a whole area: that is printed exactly, and so, nearly, is how many of them answered a question.
method-uncovered-history = Figures that others published before this service.

method-verify = How to verify the figures
method-file = The whole release as a file:
method-release = Release
method-made = Composed
method-hash = SHA-256 of the file
method-body-hash = SHA-256 of what was signed
method-key = Key (Ed25519)
method-software = Program
method-seed = Random seed
method-ledger = Earlier releases that the protection took into account
method-ledger-none = None: it is the first
method-signers = Who has signed
method-organisation = Organisation
method-capacity = As
method-signed-at = When
method-role = { $role ->
    [releaser] releaser
   *[other] { $role }
}
method-commands = Commands
method-hash-text = The file is unaltered if it has the SHA-256 above:
method-key-text = Anybody can check the signature, without a database. First compare the key with the one that the organisations themselves have handed out:
method-recompute-text = Those who hold the answers can compute the whole file again from them, to the last byte. What is drawn at random is drawn from the seed:
method-unsigned = The release was made before releases were signed. Only the SHA-256 of the file can be compared.

method-releases = All releases and corrections
method-figures = The figures
method-this-release = This page is about it.
