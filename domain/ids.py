"""The store's own ids; what the platform calls a chat or a person stands beside them, never in their place."""

from typing import NewType

BranchId = NewType("BranchId", int)
ChatId = NewType("ChatId", int)
ClaimId = NewType("ClaimId", int)
DraftId = NewType("DraftId", int)
GrantId = NewType("GrantId", int)
HonourId = NewType("HonourId", int)
InvitationId = NewType("InvitationId", int)
MemberId = NewType("MemberId", int)
PersonId = NewType("PersonId", int)
PromptId = NewType("PromptId", int)
StudyItemId = NewType("StudyItemId", int)
SuggestionId = NewType("SuggestionId", int)
SurveyId = NewType("SurveyId", int)
TaskId = NewType("TaskId", int)
ThanksId = NewType("ThanksId", int)
UpdateId = NewType("UpdateId", int)
WorkerId = NewType("WorkerId", int)
