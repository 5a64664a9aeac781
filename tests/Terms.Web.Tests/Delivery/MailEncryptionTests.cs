using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Terms.Notices;
using Terms.Web.Delivery;
using Terms.Web.Tests.Editing;

namespace Terms.Web.Tests.Delivery;

/// <summary>A mail server that is to be trusted with a password: encryption, its certificate, and what happens where one of them is not as it should be.</summary>
public sealed class MailEncryptionTests : IDisposable
{
    private const string User = "terms", Password = "some words: with signs é";
    private static readonly Notice Told = new("n-0f3a17c2d4e5f60718293a4b5c6d7e8f90a1b2c3", "member-17", "lamp-hire/2025-07-01", Catalogue.Digest.Of("x"), "email", "en", "New terms", [.. "Words."u8]);

    private readonly X509Certificate2 certificate = Certificate();

    public void Dispose() => certificate.Dispose();

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", false)]
    public async Task A_certificate_that_the_machine_trusts_holds_for_its_own_name_and_for_no_other(string host, bool isTrusted)
    {
        using var mail = new MailServer(certificate, (User, Password));
        using var first = DeliveryApplication.New(
            ("Terms:Smtp:Host", host), ("Terms:Smtp:Port", $"{mail.Port}"), ("Terms:Smtp:From", "terms@shop.example"), ("Terms:Smtp:User", User), ("Terms:Smtp:Password", Password));
        var service = first.Service();
        var id = await Queued(service);
        using var application = await first.StartedAgain();
        application.Settings["Terms:SendEverySeconds"] = "0.05";
        var trusted = Path.Combine(application.Data, "trusted.pem");
        await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem());

        var (server, address) = await ServerProcess.Start(application, ("SSL_CERT_FILE", trusted), ("SSL_CERT_DIR", Path.Combine(application.Data, "none")));
        using var running = server;
        using var asking = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = service.DefaultRequestHeaders.Authorization } };
        JsonElement notice = default;
        await server.Until(async () => (notice = await asking.Get($"/api/v1/notices/{id}")).Text("stage") is "sent" or "failed");

        Assert.Equal(isTrusted ? "sent" : "failed", notice.Text("stage"));
        Assert.All(mail.Said.Where(s => !s.IsEncrypted), s => Assert.Matches("^(EHLO .*|STARTTLS)$", s.Line));
        if (isTrusted)
        {
            Assert.Equal("member-17@lamps.example", Assert.Single(mail.Taken).To);
            Assert.Contains(mail.Said, s => s.IsEncrypted && s.Line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase));
        }
        else
        {
            Assert.Empty(mail.Taken);
            Assert.False(notice.GetProperty("needsPerson").GetBoolean());
            Assert.Matches($"Notice {id} was not sent: No trusted connection to the mail server 127.0.0.1 came about, and nothing was sent. .*RemoteCertificateNameMismatch", server.Log);
        }
    }

    [Fact]
    public async Task A_certificate_that_nobody_knows_is_refused_it_is_said_and_the_notice_is_tried_again()
    {
        using var mail = new MailServer(certificate, (User, Password));
        using var terms = DeliveryApplication.New(
            ("Terms:Smtp:Host", "localhost"), ("Terms:Smtp:Port", $"{mail.Port}"), ("Terms:Smtp:From", "terms@shop.example"), ("Terms:Smtp:User", User), ("Terms:Smtp:Password", Password));
        var id = await Queued(terms.Service());
        await terms.SendNotices();

        var state = terms.Store().Notices.Find(id)!.State;
        Assert.Equal((NoticeStage.Failed, false), (state.Stage, state.IsLasting));
        Assert.StartsWith("No trusted connection to the mail server localhost came about, and nothing was sent. The remote certificate", state.Why, StringComparison.Ordinal);
        for (var attempt = 2; attempt <= 7; attempt++)
        {
            terms.Now += TimeSpan.FromDays(2);
            await terms.SendNotices();
        }
        Assert.Equal(7, terms.Store().Notices.Find(id)!.State.Attempts);
        Assert.Equal(id, Assert.Single(terms.Store().Notices.Troubles(10)).Notice.Id); // Then a person is told.
        Assert.Empty(mail.Taken);
        Assert.All(mail.Said, s => Assert.Matches("^(EHLO .*|STARTTLS)$", s.Line));
    }

    [Fact]
    public async Task A_mail_server_without_encryption_is_told_nothing()
    {
        using var mail = new MailServer(account: (User, Password));

        var (outcome, words) = await Send(mail, isSecure: true, Password);

        Assert.Equal((MailOutcome.NotYet, "GeneralFailure: Server does not support secure connections."), (outcome, words));
        Assert.All(mail.Said, s => Assert.Matches("^(EHLO .*|QUIT)$", s.Line));
    }

    [Theory]
    [InlineData(Password, true)]
    [InlineData("other words", false)]
    public async Task A_wrong_password_is_the_operators_to_mend_and_no_refusal_of_the_recipient(string password, bool isRight)
    {
        using var mail = new MailServer(account: (User, Password));

        var (outcome, words) = await Send(mail, isSecure: false, password);

        Assert.Equal(isRight ? MailOutcome.Taken : MailOutcome.NotYet, outcome);
        Assert.Equal(isRight ? 1 : 0, mail.Taken.Count);
        Assert.Equal(!isRight, words.Contains("say first who you are", StringComparison.Ordinal) || words.Contains("wrong name or password", StringComparison.Ordinal));
    }

    private static Task<(MailOutcome Outcome, string Words)> Send(MailServer mail, bool isSecure, string password) =>
        new MailSender(new MailSettings("127.0.0.1", mail.Port, "terms@shop.example", User, password, isSecure)).Send(Told, "member-17@lamps.example");

    /// <summary>The name of a notice that waits to be sent by mail.</summary>
    private static async Task<string> Queued(HttpClient service)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/notices", UriKind.Relative))
        {
            Content = JsonContent.Create(new { version = "lamp-hire/2025-07-01", carrier = "smtp", recipients = new[] { new { subject = "member-17", channel = "email", address = "member-17@lamps.example", language = "en" } } }),
            Headers = { { "Idempotency-Key", "campaign-1" } },
        };
        return (await ServiceCalls.Answer(await service.SendAsync(request), (int)HttpStatusCode.OK)).GetProperty("results")[0].Text("notice");
    }

    /// <summary>A certificate for localhost that has signed itself.</summary>
    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
