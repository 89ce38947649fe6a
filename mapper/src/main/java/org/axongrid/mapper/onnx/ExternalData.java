package org.axongrid.mapper.onnx;

import org.axongrid.isa.InvalidInputException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Tensor values in a file beside the model.
 *
 * @param folder   the model's folder; the data must lie inside
 * @param location relative path, null if the model gives none
 * @param offset   first byte
 * @param length   number of bytes, -1 if the model does not say
 */
record ExternalData(Path folder, String location, long offset, long length) {

    /**
     * @param tensor for messages
     * @param wanted bytes that the tensor's dims need
     * @return these bytes
     * @throws InvalidInputException if the path leaves the folder, or the file is missing or too short
     */
    ByteBuffer read(OnnxTensor tensor, long wanted) {
        if (location == null || location.isEmpty()) {
            throw tensor.bad("external data without a location");
        }
        String at = "external data " + Text.quote(location);
        if (length >= 0 && length != wanted) {
            throw tensor.bad(at + ": dims need " + wanted + " bytes, the model says " + length);
        }
        try {
            Path root = folder.toRealPath();
            Path path = root.resolve(location).normalize();
            if (!path.startsWith(root) || !Files.exists(path)) {
                throw tensor.bad(at + (path.startsWith(root) ? " does not exist beside the model" : " lies outside the model's folder"));
            }
            if (!path.toRealPath().startsWith(root) || !Files.isRegularFile(path)) {
                throw tensor.bad(at + " is a link out of the model's folder or not a file");
            }
            try (FileChannel channel = FileChannel.open(path)) {
                if (offset < 0 || offset > channel.size() || channel.size() - offset < wanted) {
                    throw tensor.bad(at + ": " + wanted + " bytes from byte " + offset + " wanted, the file has " + channel.size());
                }
                if (wanted > Integer.MAX_VALUE - 16) {
                    throw tensor.bad(at + ": tensors above 2 GiB are not supported");
                }
                ByteBuffer bytes = ByteBuffer.allocate((int) wanted);
                while (bytes.hasRemaining()) {
                    if (channel.read(bytes, offset + bytes.position()) < 0) {
                        throw tensor.bad(at + " ends early");
                    }
                }
                return bytes.flip();
            }
        } catch (InvalidPathException e) {
            throw tensor.bad(at + " is not a path");
        } catch (IOException e) {
            throw new InvalidInputException(tensor.bad(at + " cannot be read: " + e).getMessage(), e);
        }
    }
}
