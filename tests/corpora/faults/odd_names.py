"""Students whose names mean something to shells, to patterns or to nobody: graded as all are."""

WHEN = "class"
STUDENTS = (
    "Zoë van der Ölmütz",
    "陈 小明",
    "-rf",
    "a" * 200,
    " padded ",
    "o'brien; drop table student",
    "🦉",
    "e\u0301lodie",
    "{student_id}",
)
