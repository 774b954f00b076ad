### status: draft
### reviewed_by:
### reviewed_on:
