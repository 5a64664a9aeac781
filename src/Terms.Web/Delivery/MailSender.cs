using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Terms.Notices;
using Terms.Web.Hosting;

namespace Terms.Web.Delivery;

/// <summary>The mail server, as the settings below <c>Terms:Smtp</c> name it.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Port">Its port.</param>
/// <param name="From">The address that notices come from.</param>
/// <param name="User">The name to sign in with; null without.</param>
/// <param name="Password">The password.</param>
/// <param name="IsSecure">Whether the connection has to be encrypted (STARTTLS).</param>
internal sealed record MailSettings(string Host, int Port, string From, string? User, string? Password, bool IsSecure)
{
    /// <summary>Reads the settings; null if there is no mail server.</summary>
    /// <exception cref="StartException">They are malformed.</exception>
    public static MailSettings? Read(IConfigurationSection section)
    {
        if (section["Host"] is not { Length: > 0 } host)
        {
            return null;
        }
        return section["From"] is { } from && MailSender.IsAddress(from)
            ? new(host, section.Number("Port", 587, 1, 65_535), from, section["User"], section["Password"], section.GetValue("Tls", true))
            : throw new StartException("Terms:Smtp:From is missing or no address. Set it to the address that notices come from, such as terms@shop.example.");
    }
}

/// <summary>How an attempt to send by mail ended.</summary>
internal enum MailOutcome
{
    /// <summary>The mail server has taken it.</summary>
    Taken,

    /// <summary>It was certainly not sent, and may be later.</summary>
    NotYet,

    /// <summary>It was refused for good.</summary>
    Refused,

    /// <summary>Nobody knows whether it was sent.</summary>
    Unknown,
}

/// <summary>Sends notices by SMTP with the framework's client.</summary>
internal sealed class MailSender(MailSettings settings)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Whether a text is one address and nothing else: no name, no line end, no second address.</summary>
    public static bool IsAddress(string text) =>
        text.Length <= 254 && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is ',' or ';' or '<' or '>' or '"' or '(' or ')' or '\\') && MailAddress.TryCreate(text, out var read) && read.Address == text;

    /// <summary>Sends a notice, its words byte for byte in base64.</summary>
    /// <returns>How that ended, and what the mail server said.</returns>
    public async Task<(MailOutcome Outcome, string Words)> Send(Notice notice, string address)
    {
        if (!IsAddress(address))
        {
            return (MailOutcome.Refused, "The address is no mail address.");
        }
        using var message = new MailMessage(settings.From, address)
        {
            Subject = notice.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = Encoding.UTF8.GetString(notice.Bytes.AsSpan()),
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.Base64,
        };
        message.Headers.Add("Message-ID", $"<{notice.Id}@{new MailAddress(settings.From).Host}>");
        message.Headers.Add("Content-Language", notice.Language);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.IsSecure };
        if (settings.User is { Length: > 0 } user)
        {
            client.Credentials = new NetworkCredential(user, settings.Password);
        }
        using var time = new CancellationTokenSource(Patience);
        try
        {
            await client.SendMailAsync(message, time.Token);
            return (MailOutcome.Taken, "The mail server has taken it.");
        }
        catch (Exception failed) when (Causes(failed).OfType<AuthenticationException>().FirstOrDefault() is { } untrusted)
        {
            return (MailOutcome.NotYet, SignedPost.Said($"No trusted connection to the mail server {settings.Host} came about, and nothing was sent. {untrusted.Message}"));
        }
        catch (SmtpException failed)
        {
            return (Outcome(failed), SignedPost.Said($"{failed.StatusCode}: {failed.Message}{(failed.InnerException is { } inner ? $" {inner.Message}" : "")}"));
        }
        catch (OperationCanceledException)
        {
            return (MailOutcome.Unknown, $"The mail server did not answer within {Patience.TotalSeconds:0} seconds.");
        }
    }

    /// <summary>
    /// A mail server that says no has not taken it: for good with a status from 500 on (RFC 5321, section 4.2.1), but for those by which it asks for another name, password or encryption (RFC 4954,
    /// section 6), which say nothing about the recipient. A connection that never came about has sent nothing, nor has a client that did not go on by itself, because it was offered no encryption;
    /// a connection that broke may have.
    /// </summary>
    private static MailOutcome Outcome(SmtpException failed) => failed.StatusCode switch
    {
        SmtpStatusCode.GeneralFailure => failed.InnerException is null || Causes(failed).OfType<SocketException>().Any(s => s.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostNotFound
            or SocketError.TryAgain or SocketError.NoData or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown) ? MailOutcome.NotYet : MailOutcome.Unknown,
        (SmtpStatusCode)530 or (SmtpStatusCode)534 or (SmtpStatusCode)535 or (SmtpStatusCode)538 => MailOutcome.NotYet,
        >= (SmtpStatusCode)500 => MailOutcome.Refused,
        _ => MailOutcome.NotYet,
    };

    private static IEnumerable<Exception> Causes(Exception failed)
    {
        for (var cause = (Exception?)failed; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
