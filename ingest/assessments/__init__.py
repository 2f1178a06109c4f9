"""What does this file say about an agency's assessment?"""

from ingest.assessments.documents import assessment_from, assessments_from, read_json

__all__ = ["assessment_from", "assessments_from", "read_json"]
