namespace Terms.Storage;

/// <summary>Where a store stands.</summary>
/// <param name="Data">The folder of the ledger.</param>
/// <param name="Keys">The folder of the keys.</param>
public sealed record StoreFolders(string Data, string Keys)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A store whose keys stand in the folder <c>keys</c> of its data.</summary>
    public StoreFolders(string data) : this(data, Path.Combine(data, "keys"))
    {
    }

    /// <summary>The 32 random bytes, in base64, that sign tokens and links.</summary>
    public string TokenSecret => Path.Combine(Keys, "tokens.secret");

    /// <summary>The verifier keys of both logs, one a line.</summary>
    public string VerifierKeys => Path.Combine(Keys, "signing.pub");

    /// <summary>Whether the keys that a server needs are there.</summary>
    public bool HasSecretKeys => File.Exists(SigningKey) && File.Exists(TokenSecret);

    /// <summary>The secret of a webhook, which signs what it is sent.</summary>
    public string WebhookSecret(string id) => Path.Combine(Keys, $"webhook-{id}.secret");

    internal IEnumerable<string> WebhookSecrets => Directory.Exists(Keys) ? Directory.EnumerateFiles(Keys, "webhook-*.secret").Order(StringComparer.Ordinal) : [];

    internal string Ledger => Path.Combine(Data, "ledger.db");

    internal string Head => Path.Combine(Data, "ledger.head");

    internal string Erasures => Path.Combine(Data, "erasures.log");

    internal string Lock => Path.Combine(Data, "ledger.lock");

    internal string SigningKey => Path.Combine(Keys, "signing.pem");

    /// <summary>Makes a folder that only its owner may enter.</summary>
    internal static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }
        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Writes a new file that only its owner may read, and has it on the disk before it returns.</summary>
    internal static void WritePrivate(string file, ReadOnlySpan<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        using var stream = new FileStream(file, options);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }
}
