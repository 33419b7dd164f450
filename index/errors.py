"""Every exception that Dateline raises on purpose.

    DatelineError                 what a caller may catch to catch them all
    ├── InputError                bad usage or input: the command line exits with 2
    │   ├── CorpusError           no such corpus, or nothing in it could be read
    │   ├── QuestionError         a question that is empty, too long or not text
    │   └── ArchiveError          the archive is missing, unfit or cannot be written
    │       ├── ArchiveMissing    there is no archive at this path
    │       ├── ArchiveMismatch   built by another encoder, chunking or schema
    │       ├── ArchiveLocked     another process is building it
    │       └── ArchiveNotWritable   read-only, or the disk is full; the old archive is intact
    └── CheckError                a check failed: the command line exits with 1
        ├── ArchiveDamaged        a hash, count, span or vector is off
        └── ModelMismatch         weights that were made for another version of the code

A message is one line that says what was found, what was expected, and what to do.
"""


class DatelineError(Exception):
    """Base of all errors below; never raised itself."""


class InputError(DatelineError):
    """The caller's input cannot be used."""


class CorpusError(InputError):
    """No such corpus, or no page in it could be read."""


class QuestionError(InputError):
    """The question is empty, too long, or not text."""


class ArchiveError(InputError):
    """The archive cannot be used as asked."""


class ArchiveMissing(ArchiveError):
    """There is no archive at the given path."""


class ArchiveMismatch(ArchiveError):
    """The archive was built by another encoder, chunking or schema than the ones at hand."""


class ArchiveLocked(ArchiveError):
    """Another process is building this archive."""


class ArchiveNotWritable(ArchiveError):
    """The archive directory is read-only or the disk is full; what was there is intact."""


class CheckError(DatelineError):
    """Something that was checked does not hold."""


class ArchiveDamaged(CheckError):
    """A hash, count, span or vector of the archive is not what the manifest says."""


class ModelMismatch(CheckError):
    """A model's weights were made for another version of the code."""
