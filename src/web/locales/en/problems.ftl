### status: draft
### reviewed_by:
### reviewed_on:

# A title and an explanation for every code of web/problem.rs.
problem-faults = { $count ->
    [one] { $count } fault
   *[other] { $count } faults
}
problem-page-title = The problem code { $code }
problem-status = The answer has the HTTP status { $status }.
problem-id = Error code
problem-home = To the front page
problem-bad_query = The query in the address is not right
problem-bad_query-help = A parameter in the address is unknown, repeated or misspelt. Check the address against the documentation.
problem-bad_json = The content is not valid JSON
problem-bad_json-help = What was sent could not be read as JSON in UTF-8. Check quotation marks, commas and brackets.
problem-idempotency_key_missing = Idempotency-Key is missing
problem-idempotency_key_missing-help = Send the header Idempotency-Key with 16–64 characters out of A-Z, a-z, 0-9, _ and -.
problem-px_parameter = A parameter of the table query is not right
problem-px_parameter-help = Check variables, values and filters against the table's metadata.
problem-unauthenticated = You are not signed in
problem-unauthenticated-help = Sign in, or send a valid token in the header Authorization.
problem-forbidden = This is not allowed
problem-forbidden-help = The page may have been open for too long, or a permission is missing. Go back, reload the page and try again.
problem-second_person_required = A second person has to confirm
problem-second_person_required-help = This takes two persons. Ask a colleague with the right role to confirm.
problem-px_too_many_cells = Too many cells in one extract
problem-px_too_many_cells-help = An extract may hold 150,000 cells at most. Split it, or take the whole file.
problem-not_found = There is no such page
problem-not_found-help = Check the address. If you copied it from a letter, compare it character by character.
problem-method_not_allowed = The method cannot be used here
problem-method_not_allowed-help = The address exists but does not take that method. The header Allow names those it takes.
problem-not_acceptable = The format does not exist
problem-not_acceptable-help = None of the formats in the header Accept can be given here.
problem-request_timeout = It took too long
problem-request_timeout-help = The data came too slowly. Check your connection and try again.
problem-stage_conflict = The round is in the wrong stage
problem-stage_conflict-help = This cannot be done in the round's present stage. The answer names the steps that are possible.
problem-questionnaire_frozen = The questionnaire is frozen
problem-questionnaire_frozen-help = A published version never changes. Publish a new version instead.
problem-round_not_open = The survey takes no answers
problem-round_not_open-help = The round is not open. It may be closed, paused or not yet opened.
problem-code_spent = The code has already been used
problem-code_spent-help = Each code gives one answer. Another answer has already come in with this code.
problem-gate_refused = The figures were stopped
problem-gate_refused-help = The protection against disclosure did not let the figures through. The answer says why.
problem-sign_off_conflict = The release cannot be signed off
problem-sign_off_conflict-help = It was signed, refused, replaced or overtaken meanwhile. The answer says which.
problem-language_not_ready = The language is not ready
problem-language_not_ready-help = The texts of the language are not reviewed. Have them reviewed or leave the language out.
problem-idempotency_in_progress = The request is being worked on
problem-idempotency_in_progress-help = A request with the same key is under way. Try again in a moment.
problem-precondition_failed = The record has changed
problem-precondition_failed-help = Somebody has changed the record since you read it. Read it again and redo your change.
problem-payload_too_large = What was sent is too large
problem-payload_too_large-help = The limit depends on the address. Send less at a time.
problem-unsupported_media_type = The format is not taken here
problem-unsupported_media_type-help = Check the header Content-Type against the documentation.
problem-invalid = The data could not be accepted
problem-invalid-help = Something in the data is not right. The answer lists every fault with its place and code.
problem-import_refused = The import was stopped
problem-import_refused-help = One or more rows could not be taken, and nothing was stored. The answer lists the rows.
problem-idempotency_key_reused = The key was used for something else
problem-idempotency_key_reused-help = The same Idempotency-Key came with other content. Use a new key.
problem-precondition_required = If-Match is missing
problem-precondition_required-help = Send the record's ETag in the header If-Match, so that nobody else's change is overwritten.
problem-too_many_requests = Too many attempts
problem-too_many_requests-help = Wait a moment and try again. The header Retry-After says how many seconds.
problem-internal = Something went wrong on our side
problem-internal-help = The fault has been noted. Try again in a moment. Give the error code if you contact us.
problem-overloaded = Many people are answering right now
problem-overloaded-help = Nothing was stored. Try again in a moment.
problem-unavailable = The service cannot be reached right now
problem-unavailable-help = Nothing was stored. Try again in a moment.
problem-release_damaged = The figures cannot be shown
problem-release_damaged-help = The stored release is not the one that was published. No figure is shown until that has been put right.

# Faults in answers that programs send.
api-length = The value is too short or too long.
api-submission = Send a random UUID (version 4).
api-language = The round does not have that language.
api-item-unknown = The questionnaire has no such question.
api-item-hidden = The question is not put to this person. Leave the answer out.
api-option-unknown = The question has no such answer to choose.
