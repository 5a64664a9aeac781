using System.Buffers;

namespace Terms.Acceptance;

/// <summary>What a ZIP writes, until it is sent on. The ZIP writes without waiting, and the network wants to be waited for; so each file is written here and sent before the next.</summary>
internal sealed class PackBuffer : Stream
{
    private readonly ArrayBufferWriter<byte> waiting = new();

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sends on what waits.</summary>
    public async Task SendTo(Stream output, CancellationToken cancellation)
    {
        await output.WriteAsync(waiting.WrittenMemory, cancellation);
        waiting.ResetWrittenCount();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => waiting.Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => waiting.Write(buffer);

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
