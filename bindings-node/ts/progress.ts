// How far transfers are.

/** How far an upload is. */
export interface UploadProgress {
    /** ID of the file or deployment. */
    $id: string;
    /** How much the server has, from 0 to 100. */
    progress: number;
    /** How much the server has, in bytes. */
    sizeUploaded: number;
    /** How many chunks there are. */
    chunksTotal: number;
    /** How many chunks the server has. */
    chunksUploaded: number;
}

/** How far a download is. */
export interface DownloadProgress {
    /** How much has arrived, from 0 to 100; `null` when the server did not say how much there is. */
    progress: number | null;
    /** How much has arrived, in bytes. */
    sizeDownloaded: number;
    /** Size of the file in bytes, if the server said it. */
    sizeTotal: number | null;
}
