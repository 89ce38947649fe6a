package org.axongrid.mapper.onnx;

/** Recognises files that are no ONNX model by their first bytes, so that the message can say what they are instead. */
final class ForeignFiles {
    private static final int LOOKED_AT = 64;

    private ForeignFiles() {
    }

    /** @return what the file is, null if it may be an ONNX model */
    static String kind(byte[] b) {
        if (b.length == 0) {
            return "an empty file";
        }
        if (starts(b, 0x1f, 0x8b)) {
            return "a gzip file: unpack it first";
        }
        if (starts(b, 0x89, 'P', 'N', 'G')) {
            return "a PNG picture";
        }
        if (starts(b, 0x89, 'H', 'D', 'F')) {
            return "an HDF5 file (NIR or Keras): export the network as ONNX";
        }
        if (starts(b, 'P', 'K', 3, 4)) {
            return "a zip file (a PyTorch checkpoint or NPZ?): export the network with torch.onnx.export";
        }
        if (starts(b, 'v', 'e', 'r', 's', 'i', 'o', 'n', ' ', 'h', 't', 't', 'p', 's')) {
            return "a Git LFS pointer: fetch the file itself with git lfs pull";
        }
        return isText(b) ? "a text file" : null;
    }

    private static boolean starts(byte[] b, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= b.length || (b[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(byte[] b) {
        for (int i = 0; i < b.length && i < LOOKED_AT; i++) {
            if ((b[i] < ' ' || b[i] == 0x7f) && b[i] != '\n' && b[i] != '\r' && b[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}
