"""The ministry's evaluation report (Laporan Hasil Evaluasi, LHE) as PDF: levels, totals, the assessors' words.

It is read by its structure (numbers and names of indicators, aspects and domains, ruled tables, headings), not by
the places of one year's layout, and held against itself: the levels must give the printed totals.
"""

from ingest.assessments.evaluation_report.reading import read_evaluation_report

__all__ = ["read_evaluation_report"]
