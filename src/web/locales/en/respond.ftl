### status: draft
### reviewed_by:
### reviewed_on:

# The respondent's pages. The texts of the promise (promise-…) are exact and change only with both organisations.
title-with-sender = { $name } – { $sender }
title-of-page = { $page } – { $name }
title-error = Error: { $title }

start-about = The survey is about what it is like to live and be where you live. It covers safety, the outdoor surroundings and crime.
start-about-use = The answers show where things need to get better and whether what is done helps.
start-who = It is { $organisations } who ask.
start-length = It takes about { $minutes } minutes.
start-voluntary = Answering is voluntary, and you can skip every question.
start-closes = You can start until { $date }.
start-promise = Your answers are locked when you send them. Afterwards they cannot be tied to you.
start-promise-link = Read how this works and what we cannot protect against.
start-code = Code
start-code-hint = The ten characters in your letter, for example
start-button = Start
start-device = You can take a break and go on later in the same browser. On another device you start again with the same code.
start-standing = You have unfinished answers in this browser. They are kept until { $until }.
start-standing-title = Go on where you stopped
start-again = Or start again
start-again-hint = Enter the code again. The unfinished answers in this browser are then deleted.
continue = Continue
open-not-yet = The survey is not open yet.
open-not-yet-date = The survey opens on { $date }.
open-closed-results = Results are expected on { $date }.

error-heading = There is a problem
error-code-wrong = The code is not right. Check the ten characters in your letter.
error-code-used = This code has already been used.
error-option-unknown = Choose one of the answers in the list.
error-draft-gone = Your unfinished answers were deleted after 24 hours. You can start again with the same code.
error-cookies-off = Your browser does not allow cookies. You can answer on paper instead.
error-round-closed = The survey is closed. Thank you for wanting to answer.
error-round-paused = The survey is paused. What you have answered is kept for 24 hours.
error-busy = Your answer cannot be received right now. What you filled in is still on this page. Try again in a moment.
error-too-many = Too many attempts. Wait a minute and try again.
error-question-gone = A question is no longer on the page
error-question = Question { $number }

link-place = The link is for { $place }.
link-age = The survey is for you who are { $age } years or older.
link-who = You can answer if you live, work, study or are visiting here. No code is needed.
link-voluntary = Answering is voluntary. You can skip every question except the one about where you live.
link-device = You can take a break and continue later in the same browser.
link-again-hint = The unfinished answers in this browser are then deleted.
link-note = Leave this field empty
link-wait = One moment …
error-link-old = It could not begin. The page may have been open for too long. Press Start again.
error-link-gone = Your unfinished answers were deleted after 24 hours. You can start again.
error-home-unanswered = Choose where you live. It is the only question that must have an answer.
error-too-soon =
    { $seconds ->
        [one] Too little time has passed since you began. What you have answered is saved. Wait { $seconds } second and send again.
       *[other] Too little time has passed since you began. What you have answered is saved. Wait { $seconds } seconds and send again.
    }
too-soon-title = Wait a moment
stop-later-link = Your answers are kept in this browser until { $until }. Close the page and open the same link again when you want to continue.
stop-delete-link = Everything you have answered is deleted at once. You can start again.
deleted-link = Nothing is left. You can start again.

part = Part { $part } of { $parts }
back = Back
back-label = Previous page
notice-label = Notice
probe =
    { $count ->
        [one] You have not answered question { $numbers }. Answer if you like, or go on.
       *[other] You have not answered questions { $numbers }. Answer if you like, or go on.
    }
clear-answer = Remove my answer
clear-question = to question { $number }
send = Send my answers
send-once = Once you have sent, nothing can be changed.
exit-button = Leave this page quickly
exit-history = The button deletes what you have answered. Your browser history remains.
exit-help = Support and help
stop-link = Stop
delete-button = Delete my answers

stop-title = Stop
stop-later = Go on later
stop-later-text = Your answers are kept in this browser until { $until }. Close the page, and open the address in your letter again when you want to go on.
stop-later-back = Back to the questions
stop-send = Send what I have answered
stop-send-text = Questions that you have not reached count as unanswered.
stop-delete = Delete my answers
stop-delete-text = Everything you have answered is deleted at once. The code can be used again.
deleted-title = Your answers are deleted
deleted-text = Nothing is left. You can start again with the same code.
start-over-link = To the first page

receipt-title = Thank you. Your answers have arrived.
receipt-word = Receipt word
receipt-word-text = The word shows that your answers have arrived. It cannot be used to see what you answered.
receipt-results = Results are expected on { $date }.
receipt-close = You can now close the page.
receipt-help = Would you like to talk to someone? Support and help is here.

used-text = Each code gives one answer. Was it not you who answered? Contact details are in your letter.
answered-title = You have already answered
answered-text = Your answers have arrived and cannot be sent again.
answered-receipt = Show the receipt
closed-title = The survey is closed
paused-title = The survey is paused
too-many-title = Too many attempts
busy-title = Try again
busy-button = Try again

help-title = Support and help
help-urgent = In acute danger, call 112.
help-lead = Has something hard happened to you, or would you like to talk to someone? You can call these numbers.
help-emergency = Emergency number
help-police = The police, when it is not urgent
help-victims = Victim Support Sweden (Brottsofferjouren)
help-women = Women's helpline (Kvinnofridslinjen)
help-men = Helpline for men (Stödlinjen för män)
help-trans = Helpline for transgender people (Stödlinjen för transpersoner)
help-children = Bris, for those under 18
help-survey = Questions about the survey
help-survey-text = Contact details are in your letter. It also says how to answer on paper.

promise-title = How your answers are protected
promise-1 = The code in your letter shows that you may answer and which district you live in. Each code gives one answer.
promise-2 = When you send, the answers are locked in a digital envelope. Envelopes are opened only after the survey has closed, and only if at least { $threshold } of { $count } key holders do it together: { $holders }. Before that neither the municipality, the police nor those who run the computers can read them.
promise-2-single = When you send, the answers are locked in a digital envelope. Envelopes are opened only after the survey has closed, by one person: { $holders }. That person could open them earlier by breaking the rules.
promise-3 = When the envelopes are opened the answers are shuffled and the tie to the codes is deleted. After that nobody can see who answered what.
promise-4 = While the survey runs we see which codes have been used, so that only those who have not answered are reminded. We do not see the answers.
promise-5 = We do not keep your IP address, device or time with your answers. To stop abuse the server counts attempts from the same network for at most an hour, in memory.
promise-6 = Unfinished answers are kept for 24 hours, locked with a key that only your browser has. You can delete them at any time.
promise-7 = Results are shown only for groups with at least { $least } answers.
promise-1-link = You answer by an open link, without a code. Which place the link is for is kept with the answers. They are counted apart and never mixed with answers of those who got a letter.
promise-3-link = When envelopes are opened the answers are shuffled. After that nobody can see in which order they came.
promise-4-link = Answers that are exactly like others, or that are the same to all questions, are not counted in the results. We tell how many they are.
promise-limits = We cannot protect against:
promise-limit-screen = someone seeing your screen, reading your browser history or controlling your phone or computer
promise-limit-program = someone secretly replacing the program while the survey runs (answers can be read inside the program for a moment before they are locked)
promise-limit-holders = { $threshold } key holders breaking the rules together with an old copy
promise-limit-rare = an analyst recognising a very unusual combination.
promise-paper = If you answer on paper, the person who enters the form sees both the code and the answers. Answer on the web to avoid this.
promise-no-round = How answers are protected is told here when the survey is open.
