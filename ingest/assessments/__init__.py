"""What does this file say about an agency's assessment?"""

from ingest.assessments.documents import assessment_from, assessments_from, read_json
from ingest.assessments.options import Options
from ingest.assessments.reading import Read, Reading, read_assessments
from ingest.assessments.report import Report

__all__ = [
    "Options",
    "Read",
    "Reading",
    "Report",
    "assessment_from",
    "assessments_from",
    "read_assessments",
    "read_json",
]
