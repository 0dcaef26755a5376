"""The store's own ids; what the platform calls a chat or a person stands beside them, never in their place."""

from typing import NewType

AppealId = NewType("AppealId", int)
BranchId = NewType("BranchId", int)
ChatId = NewType("ChatId", int)
ClaimId = NewType("ClaimId", int)
DraftId = NewType("DraftId", int)
GrantId = NewType("GrantId", int)
InvitationId = NewType("InvitationId", int)
MemberId = NewType("MemberId", int)
PersonId = NewType("PersonId", int)
PromptId = NewType("PromptId", int)
RewardId = NewType("RewardId", int)
RewardRequestId = NewType("RewardRequestId", int)
SettlementId = NewType("SettlementId", int)
StudyItemId = NewType("StudyItemId", int)
SuggestionId = NewType("SuggestionId", int)
SurveyId = NewType("SurveyId", int)
TaskId = NewType("TaskId", int)
UpdateId = NewType("UpdateId", int)
WorkerId = NewType("WorkerId", int)
