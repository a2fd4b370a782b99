"""What a step changes, saved in all files together."""

from kvisdocs.application.meeting.arrange import Changes
from kvisdocs.application.store.replacement import digest_of
from kvisdocs.desk.services import Services


def save_changes(services: Services, changes: Changes) -> None:
    """All files or none; those that lie outside of the folder are let be.

    Raises ChangedMeanwhileError, or KvisdocsError where one cannot be written.
    """
    services.saver.save_all(
        {path: (each.after, digest_of(each.before)) for path, each in changes.items() if services.folder.holds(path)}
    )
