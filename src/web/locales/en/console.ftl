### status: draft
### reviewed_by:
### reviewed_on:

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
console-reminder = Reminder { $number }
console-reminder-text = { $letters } letters, { $when }
console-link = Open link: { $place }
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
publish-areas = Newer areas (ID/VERSION), if the figures shall be for them; left empty: the areas of the round
publish-areas-format = Write the newer areas as ID/VERSION, for example lulea-12/2027.
publish-button = Estimate and compose the release
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
console-waiting = Waits for sign-off
candidate-title = Release { $release }
candidate-waiting = The release waits for sign-off. Nothing of it is public.
candidate-released = All have signed. The release is public.
candidate-refused = The release was refused. It has to be composed again.
candidate-stale = Another release of the survey came first, and the protection against disclosure has to know it. The release has to be composed again.
candidate-replaced = The release was composed anew. Sign the new one instead.
candidate-expired = Not all signed within 14 days. The release has to be composed again.
candidate-composed = Composed
candidate-figures = Figures
candidate-counts = { $shown } shown, { $withheld } withheld, { $flagged } uncertain
candidate-correction = Correction
candidate-differs = Compared with it
candidate-hash = SHA-256 of what is signed
candidate-headlines = Main measures for the whole municipality
candidate-file = Everything that is signed, as a file (JSON)
word-none = Has not signed yet: { $organisation }.
word-signed = Signed: { $organisation }, { $when }.
word-refused = Refused: { $organisation }, { $when }. Reason: { $reason }
sign-title = Sign for { $organisation }
sign-text = You sign exactly the figures that have the checksum above. When the last organisation has signed, they are public and can never be changed, only corrected by a new release.
sign-password = Your password, once more
sign-button = Sign
sign-password-wrong = The password is not right.
sign-reason-missing = Say why you refuse.
sign-own-composition = Whoever composed the release does not sign it. Ask a colleague.
sign-same-person = You have signed for another organisation. One person never signs for two.
sign-organisation-signed = Your organisation has signed already.
sign-not-asked = Your organisation does not sign this release.
sign-body-differs = What you saw is not what waits. Look at it again.
refuse-title = Refuse
refuse-reason = Reason for the refusal
refuse-button = Refuse
gate-title = What the disclosure gate did
gate-text = For staff only: the reasons tell something of the figures that are not shown.
gate-attack = Attack
gate-attacked = { $targets } groups with few answers were tried, in { $systems } systems
gate-first-failures = Groups that could be worked out before more figures were withheld
gate-at-first = Narrowest before more figures were withheld
gate-narrowest = Narrowest in the end
gate-of-needed = { $percent }% of the width needed
gate-withheld = Not shown: { $reason ->
    [not_estimable] no answers
    [too_few] too few answers
    [too_few_effective] too few effective answers
    [nonresponse] too much item non-response
    [homogeneous] all or nearly all answered alike
    [small_count] sensitive share with few persons
    [part_withheld] a part of the index is not shown
    [complementary] would disclose another figure
   *[other] { $reason }
}
gate-given-up = Figures not shown in order to protect others
gate-refused-nothing = No figure has enough answers to be shown.
gate-refused-narrow = A group with few answers could be worked out from what is published, and withholding more figures does not protect it. Take a table out of the publication plan, or join groups.
gate-refused-areas = The plan has an area that is not made of whole areas of the round. Use whole areas.
gate-refused-revision = The correction changes the answers of so few people in a group that they could be worked out. Correct them together with more, or not at all.
gate-refused-unsure = The gate could not show that the figures are safe, so nothing leaves. Tell those who run the service.
gate-refused-ledger = The record of what an earlier release has shown is missing, was altered, or is signed by another key than the service's. Restore the database from a backup, or the key.
release-areas-unknown = The area set is not there. Import it first.
release-crosswalk-missing = There is no crosswalk between the round's areas and the new ones. Import it first.
release-areas-split = An old area is split between several new ones, and the answers do not say where in it somebody lives.
keys-link = Key holders and key sheets
keys-title = Key sheets: { $round }
keys-text = Answers are locked with a key that is shared among { $count } key holders. At least { $needed } of them must give their key sheets before the envelopes can be opened. Nobody can do it alone.
keys-lost = { $spare ->
    [one] One sheet can be lost without losing anything. If more are lost, nobody can ever read the answers.
   *[other] { $spare } sheets can be lost without losing anything. If more are lost, nobody can ever read the answers.
}
keys-lost-all = One lost sheet = all answers lost. Every sheet is needed to open the envelopes.
keys-caption = Key holders
keys-holder = Key holder
keys-sheet = Key sheet
keys-state-none = No sheet yet
keys-state-drawn = Has a sheet but has not typed it back
keys-state-confirmed = Has typed the sheet back
keys-state-rehearsed = Has tried the sheet
keys-state-given = Has given the share of the key
keys-state-destroyed = Has destroyed the sheet
keys-make-text = All sheets are typed back. The key is now made, shared and locked to the sheets. After that no sheet can be changed.
keys-unconfirmed = Have not typed their sheets back yet: { $names }.
keys-left = { $left ->
    [one] One more sheet must be destroyed before anything can be released.
   *[other] { $left } more sheets must be destroyed before anything can be released.
}
opening-ask-text = Two persons start the opening together. Then the key holders give their sheets, each on a page of their own and in any order. The opening lasts 60 minutes.
opening-ask-button = Ask for the opening
opening-agree-text = Whoever confirms is somebody else than the one who asked. When you confirm, the opening starts.
opening-agree-button = Confirm and start the opening
opening-again-text = If nothing happens though all sheets are given, the server has restarted. Begin again then; nothing is lost, but the sheets must be given again.
opening-again-button = Begin again
opening-somebody = Somebody at the server
opening-asked = { $who } has asked for the envelopes to be opened. Another person must confirm.
opening-running = The opening lasts until { $until }. { $given } of { $needed } sheets are given.
opening-unreadable = { $count ->
    [one] One envelope cannot be read. Nothing is opened.
   *[other] { $count } envelopes cannot be read. Nothing is opened.
}
opening-aside-text = Better restore the database from a backup. If that cannot be done, two persons can decide to set the envelopes aside. The answers in them are then gone, and their number is published.
opening-aside-button = Set the envelopes aside
opening-aside-asked = { $who } wants to set them aside. Another person must decide the same.
opening-not-under-way = No opening is under way. It must be started first, and lasts 60 minutes.
opening-same-person = Another person must confirm.
opening-another-number = The number of envelopes that cannot be read is another by now. Look again.
holder-sheet = What stands on the key sheet
holder-draw = Take the key sheet
holder-draw-text = The sheet is shown once and stored nowhere. Have a printer ready, or pen and paper. A sheet that you took before stops working.
holder-draw-button = Show my key sheet
holder-confirm = Type the sheet back
holder-confirm-text = Copy it from the paper, so that we know it can be read. Capitals or not, and spaces, make no difference.
holder-confirm-button = Confirm the sheet
holder-rehearse = Try the sheet
holder-rehearse-text = We try whether the sheet opens your share of the key. No envelope is opened and nothing is put together.
holder-rehearse-button = Try it
holder-works = The sheet works. Nothing was opened.
holder-give = Give the sheet
holder-give-text = The opening is under way. When enough holders have given their sheets, the envelopes are opened.
holder-give-button = Give my share of the key
holder-destroy = Destroy the sheet
holder-destroy-text = The envelopes are opened. Shred or burn the sheet when the backup of the opened answers is checked, so that old copies of the database can never be opened. Then confirm it here.
holder-destroy-button = The sheet is destroyed
holder-mistyped = You have mistyped. The sheet has 28 characters in seven groups; compare each group with the paper.
holder-other = This is the sheet of { $name }.
holder-taken = The sheet of { $name } was taken by somebody else, who alone can use it here.
holder-same-person = You have the sheet of { $name } already. One person never has two sheets of a round.
holder-other-round = This is a sheet of the round { $round }.
holder-unknown = Nobody has this sheet. Perhaps it is an old one, replaced by a new one.
holder-too-late = The key is made or the round has opened. No sheet can be changed.
holder-no-shares = There is nothing to try: the key is not made yet, or the envelopes are opened already.
holder-still-needed = The sheet is still needed. It is destroyed when the envelopes are opened.
holder-share-broken = The sheet is right but does not open your share of the key. What stands in the database is damaged or altered. Tell whoever runs the service.
holder-not-yours = Somebody else has taken this sheet.
sheet-title = Key sheet
sheet-round = Round
sheet-once = Print this page now, or copy the characters. They are shown only here and cannot be brought back.
sheet-code = The same characters as a QR code
sheet-keep = Keep the sheet where only you can reach it. Take no picture of it and do not save it as a file. When the envelopes are to be opened you type the characters on your page, and afterwards you destroy the sheet.
sheet-back = I have printed the sheet
