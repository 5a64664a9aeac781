using SQLitePCL;

namespace Terms.Storage;

/// <summary>The store cannot do what was asked. The message says what is wrong and what to do about it, for the operator.</summary>
public class StoreException : Exception
{
    /// <summary>A failure in words.</summary>
    public StoreException(string message) : base(message)
    {
    }

    /// <summary>A failure in words, and what caused it.</summary>
    public StoreException(string message, Exception cause) : base(message, cause)
    {
    }

    private StoreException(string message, bool leavesDoubt) : base(message) => LeavesDoubt = leavesDoubt;

    /// <summary>Whether it is unknown what is on the disk now. A writer that meets such a failure stops.</summary>
    internal bool LeavesDoubt { get; }

    /// <summary>A failure that SQLite reported, in our words and with its own.</summary>
    internal static StoreException Of(int code, string sqlite, string file) => (code & 0xff) switch
    {
        raw.SQLITE_FULL => new($"The disk that holds {file} is full; nothing of this was recorded. Make room and try again ({sqlite})."),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new($"Another program has kept {file} from being written for too long; nothing of this was recorded. Let it end, or try again ({sqlite})."),
        raw.SQLITE_READONLY => new($"{file} cannot be written. Make the file and its folder writable for the server ({sqlite}).", leavesDoubt: true),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new($"{file} is damaged. Stop the server, keep the file as it is, and restore the last backup with `terms restore` ({sqlite}).", leavesDoubt: true),
        _ => new($"{file} could not be read or written; what is on the disk is in doubt. Look after the disk and start the server again, which checks the store ({sqlite}, SQLite code {code}).", leavesDoubt: true),
    };
}

/// <summary>What was asked of the store stands against what it has; nothing was changed. Who asked may be kept with it.</summary>
public sealed class StepRefusedException(string message) : StoreException(message);

/// <summary>So much waits to be written that no more is taken. Try again in a second.</summary>
public sealed class StoreBusyException(string message) : StoreException(message);

/// <summary>The details of the subject are on hold, and nothing was erased.</summary>
public sealed class OnHoldException(string message) : StoreException(message);
