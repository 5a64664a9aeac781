using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Terms.Web.Tests.Delivery;

/// <summary>A mail as it came: its header fields and its body, decoded.</summary>
internal sealed record Mail(string From, string To, IReadOnlyList<string> Headers, byte[] Body);

/// <summary>How the mail server behaves with the next mail.</summary>
internal enum MailBehaviour
{
    /// <summary>Takes it.</summary>
    Take,

    /// <summary>Says 450 to the recipient.</summary>
    NotNow,

    /// <summary>Says 550 to the recipient.</summary>
    NoSuchMailbox,

    /// <summary>Reads the whole mail and hangs up without an answer.</summary>
    HangUp,

    /// <summary>Reads the whole mail and says nothing more, until the client has gone.</summary>
    Hold,
}

/// <summary>A line that a client has said.</summary>
internal sealed record SaidToServer(bool IsEncrypted, string Line);

/// <summary>A small SMTP server (RFC 5321) on a port of its own; with encryption (RFC 3207) if it has a certificate, with a password (RFC 4954) if it has an account.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? certificate;
    private readonly (string User, string Password)? account;

    public MailServer(X509Certificate2? certificate = null, (string User, string Password)? account = null)
    {
        (this.certificate, this.account) = (certificate, account);
        listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ConcurrentQueue<Mail> Taken { get; } = new();

    /// <summary>Every command that came, in order.</summary>
    public ConcurrentQueue<SaidToServer> Said { get; } = new();

    /// <summary>What it does with the mails that come; it takes those for which nothing is said.</summary>
    public ConcurrentQueue<MailBehaviour> Behaviours { get; } = new();

    public void Dispose() => listener.Dispose();

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Serve(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                await Talk(client.GetStream());
            }
            catch (Exception gone) when (gone is IOException or AuthenticationException)
            {
                // The client has gone, or does not trust the certificate.
            }
        }
    }

    private async Task Talk(Stream stream)
    {
        var reader = new StreamReader(stream, Encoding.Latin1);
        var (from, to, isEncrypted, isKnown) = ("", "", false, account is null);
        var behaviour = Behaviours.TryDequeue(out var next) ? next : MailBehaviour.Take;
        await Say("220 mail.example");
        while (await reader.ReadLineAsync() is { } line)
        {
            Said.Enqueue(new(isEncrypted, line));
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO" or "HELO":
                    await Say("250-mail.example" + (certificate is null || isEncrypted ? "" : "\r\n250-STARTTLS") + (account is null ? "" : "\r\n250-AUTH LOGIN") + "\r\n250 8BITMIME");
                    break;
                case "STARTTLS" when certificate is not null:
                    await Say("220 begin");
                    var encrypted = new SslStream(stream);
                    await encrypted.AuthenticateAsServerAsync(certificate);
                    (stream, reader, isEncrypted) = (encrypted, new StreamReader(encrypted, Encoding.Latin1), true);
                    break;
                case "AUTH":
                    await Say("334 UGFzc3dvcmQ6");
                    isKnown = (Decoded(line.Split(' ')[2]), Decoded(await reader.ReadLineAsync() ?? "")) == account;
                    await Say(isKnown ? "235 welcome" : "535 wrong name or password");
                    break;
                case "MAIL" when !isKnown:
                    await Say("530 say first who you are");
                    break;
                case "MAIL":
                    from = Address(line);
                    await Say("250 ok");
                    break;
                case "RCPT":
                    to = Address(line);
                    await Say(behaviour switch { MailBehaviour.NotNow => "450 later please", MailBehaviour.NoSuchMailbox => "550 no such mailbox", _ => "250 ok" });
                    break;
                case "DATA":
                    await Say("354 go on");
                    var lines = new List<string>();
                    while (await reader.ReadLineAsync() is { } data && data != ".")
                    {
                        lines.Add(data.StartsWith('.') ? data[1..] : data);
                    }
                    Taken.Enqueue(Read(from, to, lines));
                    if (behaviour == MailBehaviour.HangUp)
                    {
                        return;
                    }
                    if (behaviour == MailBehaviour.Hold)
                    {
                        await reader.ReadLineAsync();
                        return;
                    }
                    await Say("250 queued as 17");
                    break;
                case "QUIT":
                    await Say("221 bye");
                    return;
                default:
                    await Say("250 ok");
                    break;
            }
        }

        async Task Say(string words) => await stream.WriteAsync(Encoding.ASCII.GetBytes(words + "\r\n"));
    }

    private static string Decoded(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

    private static Mail Read(string from, string to, List<string> lines)
    {
        var end = lines.IndexOf("");
        var headers = new List<string>();
        foreach (var line in lines.Take(end))
        {
            if (line[0] is ' ' or '\t')
            {
                headers[^1] += line.Trim();
            }
            else
            {
                headers.Add(line);
            }
        }
        Assert.Contains("Content-Transfer-Encoding: base64", headers, StringComparer.OrdinalIgnoreCase);
        return new Mail(from, to, headers, Convert.FromBase64String(string.Concat(lines.Skip(end + 1))));
    }
}
