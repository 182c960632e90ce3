"""Everything that is printed for somebody to hold, as HTML for the press and as context for a page on the screen."""

from prescribing.documents.handout.advice import advice_handout_context, advice_handout_html
from prescribing.documents.handout.checklist import checklist_context, checklist_html
from prescribing.documents.handout.her_sheet import handout_context, handout_html
from prescribing.documents.handout.information import information_sheet_context, information_sheet_html
from prescribing.documents.handout.slip import slip_context, slip_html
from prescribing.documents.handout.stop_sheet import stop_sheet_context, stop_sheet_html

__all__ = (
    "advice_handout_context",
    "advice_handout_html",
    "checklist_context",
    "checklist_html",
    "handout_context",
    "handout_html",
    "information_sheet_context",
    "information_sheet_html",
    "slip_context",
    "slip_html",
    "stop_sheet_context",
    "stop_sheet_html",
)
