# The staff's console.
console-title = Console
console-rounds = Survey rounds
console-caption = All rounds, the latest first
console-none = There is no round yet. Plan one with the command trygg round create.
console-who = You are signed in as
console-round = Round
console-period = Period
console-stage = Stage
console-dates = First and last day
console-kind = Kind
console-version = Questionnaire
console-key = Key made
console-letters = Letter codes drawn
console-yes = yes
console-no = no
console-reason = Reason
console-back-label = Back
console-done = Done
signin-title = Sign in
signin-login = Sign-in name
signin-password = Password
signin-button = Sign in
signin-wrong = The name or the password is not right.
signout-button = Sign out
stage-draft = draft
stage-scheduled = scheduled
stage-open = open
stage-paused = paused
stage-closed = closed
stage-opened = envelopes opened
stage-released = released
stage-archived = archived
move-scheduled = Schedule
move-draft = Make it a draft again
move-open = Open
move-paused = Pause
move-closed = Close early
move-archived = Archive
key-title = Key
key-text = The key is made before the round opens. Its passphrase is shown once and stored nowhere. Have pen and paper ready.
key-button = Make the key
key-once = Write the passphrase down now. It is shown here only and cannot be recovered. Without it the answers can never be read.
key-back = I have written it down
open-title = Open the envelopes
open-text = The key holder types the passphrase. Afterwards neither codes nor envelopes nor key remain.
open-share = Passphrase
open-button = Open the envelopes
open-busy = The envelopes are opened. The tables are not rewritten yet, because somebody reads them. Try again in a moment.
open-administrator = The envelopes are opened. The database's administrator has to run this, then press the button again: { $commands }
publish-title = Release
publish-reason = Reason for the correction
publish-button = Estimate and release
breaks-title = Breaks in the series
breaks-text = The machine finds breaks when a round is released. An analyst can add what no machine can know, and judge a break to be harmless. Everything is kept with name, time and reason and counts from the next release; what is released already does not change.
breaks-found = Found between released rounds
breaks-said = Said by staff
breaks-none = None.
breaks-between = Between
breaks-reason = Reason
breaks-weight = Weight
breaks-measures = Measures
breaks-what = What
breaks-note = Reason
breaks-who = Who and when
breaks-say = Add
breaks-say-text = Another order of questions is judged with a split sample only, other ways of answering with a parallel run only. A spelling fix takes two persons.
breaks-mark = Say which published value holds
breaks-mark-text = All published values stay on the pages.
breaks-withdraw = Take back
break-declare = Something that no machine can know
break-bridge = A break is harmless
break-spelling = A changed wording is a spelling fix
break-code-choice = { $words } ({ $code })
break-value-choice = { $series } { $period }: { $printed } ({ $source })
break-act = What
break-code = Break
break-choose = Choose
break-from = Earlier round, or the one that an event touches
break-to = Later round
break-measure = This measure only (code, empty for all)
break-item = This question only (code, empty for all)
break-area = This area only (code, empty for all)
break-evidence = Evidence
break-no-evidence = None
break-split-sample = Split sample: a random part was asked in the old order
break-parallel-run = Parallel run: both ways of answering at the same time
break-note = Reason (shown beside the break)
break-button = Save
break-value = Published value
break-mark-button = Save
break-id = Statement
break-withdraw-button = Take back
break-measures = { $count } measures
break-periods = { $from } and { $to }
break-class = { $class ->
    [hard] not comparable
    [bridged] judged harmless
    [soft] caveat
   *[note] remark
}
break-who = { $person }, { $date }
break-withdrawn = Taken back by { $who }: { $note }
break-said = { $act ->
    [declare] { $code }: { $from } { $to } { $only }
    [bridge] { $code } is harmless: { $from } and { $to } { $only }
    [spelling] Spelling fix: { $from } and { $to } { $only }
   *[mark] { $series } { $period }: { $printed } ({ $source }) holds
}
desk-title = Desk counts: { $round }
desk-link = Desk counts of those who did not answer
desk-back = The round
desk-text = One line an area: its code, over-coverage (dead, moved out) and letters that came back blank or declined. Every save is a new version; earlier ones stay.
desk-last = Saved last: version { $version }, { $date }.
desk-counts = Lines (area_code,over_coverage,blank)
desk-button = Save as a new version
