"""How an import refuses: where, what is wrong, what is accepted, what to do, and that nothing was stored."""

from scoring.refusal import RefusedInput, Text

FORMATS = "XLSX, XLSM, XLS, ODS, CSV, JSON, PDF (LHE)"


def refuse(code: str, where: Text | str, wrong: Text, accepted: Text, todo: Text, **details: object) -> RefusedInput:
    """Put the four sentences of a refusal together.

    Args:
        where: file, sheet, row, column.
        wrong, accepted: without a full stop.
        todo: a whole sentence.
    """
    place = where if isinstance(where, Text) else Text(id=where, en=where)
    return RefusedInput(
        code,
        Text(
            id=f"{place.id}: {wrong.id}. Yang diterima: {accepted.id}. Tidak ada yang disimpan. {todo.id}",
            en=f"{place.en}: {wrong.en}. Accepted: {accepted.en}. Nothing was stored. {todo.en}",
        ),
        where=place.id,
        **details,
    )


def levels_accepted(levels: str) -> Text:
    """What a cell may hold."""
    return Text(
        id=f'{levels}, "Level 3 - ...", atau kosong/"-" bila belum dinilai',
        en=f'{levels}, "Level 3 - ...", or blank/"-" where not assessed',
    )


MEND_CELL = Text(id="Perbaiki sel itu lalu jalankan perintah yang sama.", en="Mend that cell and run the same command.")
FILE_ACCEPTED = Text(id=f"{FORMATS}", en=f"{FORMATS}")
